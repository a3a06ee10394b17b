import type { FailureBody } from '@gradshot/contract';
import { errorSentence, type Failure, redact } from '@gradshot/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { statusOf } from './failure-statuses.ts';

/** An expected failure that had to cross code which only knows exceptions. */
export class ExpectedFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.name = 'ExpectedFailure';
    this.failure = failure;
  }
}

export function failureBody(failure: Failure): FailureBody {
  return {
    error: {
      code: failure.code,
      zh: errorSentence(failure, 'zh'),
      en: errorSentence(failure, 'en'),
      ...(failure.details ? { details: { ...failure.details } } : {}),
    },
  };
}

export function sendFailure(reply: FastifyReply, failure: Failure): FastifyReply {
  return reply.code(statusOf(failure.code)).send(failureBody(failure));
}

type HttpError = Error & { readonly statusCode?: number; readonly code?: string };

/** What the web framework refuses by itself, in the words of the catalogue. */
function asFailure(error: HttpError): Failure | undefined {
  if (error instanceof ExpectedFailure) return error.failure;
  if (error.statusCode === 413) return { code: 'request.tooLarge' };
  if (error.statusCode === 429) return { code: 'request.tooMany' };
  if (error.statusCode === 415) return { code: 'request.invalid', details: { field: 'type' } };
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500)
    return { code: 'request.invalid', details: { field: 'body' } };
  return undefined;
}

/** Every answer that is not a success has the same body, whoever refused. */
export function addFailures(app: FastifyInstance): void {
  app.setErrorHandler((error: HttpError, request: FastifyRequest, reply) => {
    const failure = asFailure(error);
    if (failure) return sendFailure(reply, failure);
    request.log.error({ fault: describe(error) }, 'request failed');
    return sendFailure(reply, { code: 'server.internal' });
  });
  app.setNotFoundHandler((_request, reply) => sendFailure(reply, { code: 'request.notFound' }));
}

/** Without the values that a database error quotes. */
function describe(error: HttpError) {
  return {
    type: error.name,
    message: redact(error.message),
    errorCode: error.code,
    stack: redact(error.stack ?? ''),
  };
}
