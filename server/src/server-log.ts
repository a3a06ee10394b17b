import { redact } from '@gradshot/domain';
import pino, { type DestinationStream, type Logger } from 'pino';

/**
 * The server's log: JSON lines. Bodies, query strings and headers are never logged, and everything
 * that looks like an ID or phone number in a message is masked. A field `code` is taken for one that
 * somebody logs in with: codes of the catalogue go into `errorCode`.
 */
export function createServerLog(level = 'info', destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      redact: {
        paths: [...PERSONAL, ...PERSONAL.map((path) => `*.${path}`)],
        censor: '[redacted]',
      },
      serializers: {
        req: requestFacts,
        res: ({ statusCode }) => ({ statusCode }),
        err: errorFacts,
      },
      hooks: {
        logMethod(args, method) {
          const safe = args.map((x) => (typeof x === 'string' ? redact(x) : x));
          method.apply(this, safe as Parameters<typeof method>);
        },
      },
    },
    destination ?? pino.destination(1),
  );
}

const PERSONAL = [
  'authorization',
  'cookie',
  'body',
  'payload',
  'payloadBase64',
  'codes',
  'name',
  'idNumber',
  'lastFour',
  'phone',
  'ticket',
  'sessionToken',
  'accountToken',
  'deviceKey',
  'openid',
  'code',
  'password',
];

type LoggedRequest = { readonly method: string; readonly url: string };

function requestFacts({ method, url }: LoggedRequest) {
  return { method, path: url.split('?')[0] };
}

type LoggedError = Error & { readonly code?: string };

function errorFacts(error: LoggedError) {
  return {
    type: error.name,
    message: redact(error.message ?? ''),
    stack: redact(error.stack ?? ''),
    errorCode: error.code,
  };
}
