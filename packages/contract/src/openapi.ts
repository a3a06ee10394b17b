import { ERROR_CODES, ERRORS, type ErrorCode } from '@gradshot/domain';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { CONSOLE_ROUTES } from './console-routes.ts';
import { photoUploadMeta } from './photos.ts';
import { failure } from './primitives.ts';
import type { Caller, RouteDefinition } from './route.ts';
import { ROUTES } from './routes.ts';
import { sealedPhotoMeta } from './sealed-photos.ts';

/** Failures that any route may answer with, beside those that it lists. */
const COMMON_ERRORS: readonly ErrorCode[] = [
  'request.invalid',
  'request.tooMany',
  'server.internal',
];
const SECURITY: Readonly<Record<Exclude<Caller, 'public'>, string>> = {
  graduate: 'graduateSession',
  account: 'accountSession',
  station: 'stationKey',
  staff: 'staffSession',
};

export type OpenApiDocument = ReturnType<typeof createDocument>;

/** The HTTP status that the server answers with for a failure. */
export type StatusOf = (code: ErrorCode) => number;

/** The whole contract as an OpenAPI 3.1 document. */
export function openApiDocument(options: {
  readonly version: string;
  readonly statusOf: StatusOf;
}): OpenApiDocument {
  const { version, statusOf } = options;
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Gradshot',
      version,
      description: `Collection of graduation-certificate photos.\n\n${errorTable(statusOf)}`,
    },
    paths: pathsOf([...Object.values(ROUTES), ...Object.values(CONSOLE_ROUTES)], statusOf),
    components: { securitySchemes: securitySchemes() },
  });
}

function securitySchemes() {
  return {
    graduateSession: {
      type: 'http' as const,
      scheme: 'bearer',
      description:
        'The `sessionToken` of verifyLastFour, or the `accountToken` of an account that called it',
    },
    accountSession: {
      type: 'http' as const,
      scheme: 'bearer',
      description: 'The `accountToken` of loginWechat or loginSms',
    },
    stationKey: {
      type: 'apiKey' as const,
      in: 'header' as const,
      name: 'Authorization',
      description: '`Station <stationId>:<deviceKey>`, see enrolStation',
    },
    staffSession: {
      type: 'apiKey' as const,
      in: 'cookie' as const,
      name: 'staff_session',
      description: 'Set by the console’s login',
    },
  };
}

function errorTable(statusOf: StatusOf): string {
  const rows = ERROR_CODES.map((code) => {
    const { zh, en } = ERRORS[code];
    return `| \`${code}\` | ${statusOf(code)} | ${zh} | ${en} |`;
  });
  return ['| code | status | 中文 | English |', '|---|---|---|---|', ...rows].join('\n');
}

function pathsOf(routes: readonly RouteDefinition[], statusOf: StatusOf) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, statusOf) };
  }
  return paths;
}

function operationOf(route: RouteDefinition, statusOf: StatusOf): ZodOpenApiOperationObject {
  const requestParams = {
    ...(route.params ? { path: route.params } : {}),
    ...(route.query ? { query: route.query } : {}),
  };
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.path.split('/')[2] ?? 'v1'],
    security: securityOf(route),
    ...(Object.keys(requestParams).length > 0 ? { requestParams } : {}),
    ...requestBodyOf(route),
    responses: responsesOf(route, statusOf),
  };
}

/** Any one of the alternatives is enough; an empty object means that none is needed. */
function securityOf(route: RouteDefinition): Record<string, string[]>[] {
  return route.callers.map((caller) => (caller === 'public' ? {} : { [SECURITY[caller]]: [] }));
}

function requestBodyOf(route: RouteDefinition): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  const content = contentOf(route);
  return content ? { requestBody: { required: true, content } } : {};
}

function contentOf(route: RouteDefinition) {
  if (route.upload === 'photo') return photoPartsOf(photoUploadMeta, 'image/jpeg');
  if (route.upload === 'sealedPhoto')
    return photoPartsOf(sealedPhotoMeta, 'application/octet-stream');
  if (route.upload === 'bytes')
    return { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } };
  if (route.upload === 'raw') return { 'application/json': { schema: z.unknown() } };
  return route.body ? { 'application/json': { schema: route.body } } : undefined;
}

function photoPartsOf(meta: z.ZodObject, standardType: string) {
  return {
    'multipart/form-data': {
      schema: z.object({
        meta,
        original: z.string().meta({ contentMediaType: 'application/octet-stream' }),
        standard: z.string().meta({ contentMediaType: standardType }),
      }),
      encoding: { meta: { contentType: 'application/json' } },
    },
  };
}

function responsesOf(route: RouteDefinition, statusOf: StatusOf): ZodOpenApiResponsesObject {
  const success = { description: 'Success', content: successContentOf(route) };
  return { [`${route.status ?? 200}`]: success, ...failuresOf(route, statusOf) };
}

function successContentOf(route: RouteDefinition) {
  if (route.file)
    return { [route.file]: { schema: { type: 'string' as const, format: 'binary' } } };
  return { [route.stream ? 'text/event-stream' : 'application/json']: { schema: route.response } };
}

function failuresOf(route: RouteDefinition, statusOf: StatusOf): ZodOpenApiResponsesObject {
  const authorisation: ErrorCode[] = route.callers.includes('public')
    ? []
    : ['auth.required', 'auth.forbidden'];
  const codes = [...route.errors, ...authorisation, ...COMMON_ERRORS];
  const statuses = [...new Set(codes.map(statusOf))];
  return Object.fromEntries(
    statuses.map((status) => [
      `${status}`,
      {
        description: codes
          .filter((code) => statusOf(code) === status)
          .map((code) => `\`${code}\``)
          .join(', '),
        content: { 'application/json': { schema: failure } },
      },
    ]),
  );
}
