import { type Failure, fail, isErrorCode, ok, type Result } from '@gradshot/domain';
import { safeParse, type z } from 'zod';
import type { Photo, PhotoUploadMeta } from './photos.ts';
import { failure } from './primitives.ts';
import type { RouteDefinition } from './route.ts';
import { routeUrl } from './route-url.ts';
import { ROUTES } from './routes.ts';
import type { SealedPhotoMeta } from './sealed-photos.ts';
import {
  type FetchLike,
  type Platform,
  platformOf,
  type ResponseLike,
  type SignalLike,
} from './transport.ts';

type Routes = typeof ROUTES;
export type RouteTable = Readonly<Record<string, RouteDefinition>>;

type Callable<Table extends RouteTable> = {
  [Id in keyof Table]: Table[Id] extends { upload: string } | { stream: true } ? never : Id;
}[keyof Table];
type ByteRoute<Table extends RouteTable> = {
  [Id in keyof Table]: Table[Id] extends { upload: 'bytes' } ? Id : never;
}[keyof Table];

/** Routes called with JSON; uploads and streams have their own functions. */
export type CallableRouteId = Callable<Routes>;

type Part<R, Key extends 'params' | 'query' | 'body'> = R extends { [K in Key]: z.core.$ZodType }
  ? { readonly [K in Key]: z.input<R[Key]> }
  : unknown;

/** `params`, `query` and `body` of a route, as far as it has them. */
export type InputOf<R> = Part<R, 'params'> & Part<R, 'query'> & Part<R, 'body'>;
export type RouteInput<Id extends CallableRouteId> = InputOf<Routes[Id]>;

/** The parsed response; the bytes of a file route. */
export type OutputOf<R extends RouteDefinition> = R extends { file: string }
  ? Uint8Array
  : z.output<R['response']>;
export type RouteOutput<Id extends keyof Routes> = OutputOf<Routes[Id]>;

export type CallOptions = {
  /** In place of the client's own authorisation. */
  readonly authorization?: string;
  readonly timeoutMs?: number;
  /** Aborting it rejects the call with the signal's reason: a cancelled call has no outcome. */
  readonly signal?: SignalLike;
};

type Arguments<R extends RouteDefinition> =
  unknown extends InputOf<R>
    ? [input?: Record<never, never>, options?: CallOptions]
    : [input: InputOf<R>, options?: CallOptions];

export type PhotoUpload = {
  readonly orderId: string;
  /** Chosen once per shot; repeating the upload with it and the same bytes is success. */
  readonly photoId: string;
  readonly meta: PhotoUploadMeta;
  /** The encoded files, as hashed in `meta`. */
  readonly original: Uint8Array;
  readonly standard: Uint8Array;
};

export type SealedPhotoUpload = {
  readonly photoId: string;
  readonly meta: SealedPhotoMeta;
  /** The sealed objects, byte for byte. */
  readonly original: Uint8Array;
  readonly standard: Uint8Array;
};

/** Calls the routes of one table. */
export type TableClient<Table extends RouteTable> = {
  /** Calls a JSON or file route. Expected failures and network faults are values. */
  call<Id extends Callable<Table>>(
    id: Id,
    ...rest: Arguments<Table[Id]>
  ): Promise<Result<OutputOf<Table[Id]>>>;
  /** Calls a route whose body is the bytes of a file, given as a `Blob` or `Uint8Array`. */
  sendBytes<Id extends ByteRoute<Table>>(
    id: Id,
    input: InputOf<Table[Id]> & { readonly bytes: unknown },
    options?: CallOptions,
  ): Promise<Result<OutputOf<Table[Id]>>>;
};

export type Client = TableClient<Routes> & {
  deliverPhoto(upload: PhotoUpload, options?: CallOptions): Promise<Result<Photo>>;
  handInSealedPhoto(
    upload: SealedPhotoUpload,
    options?: CallOptions,
  ): Promise<Result<RouteOutput<'handInSealedPhoto'>>>;
};

export type ClientOptions = Partial<Platform> & {
  /** Origin of the server, e.g. `http://127.0.0.1:8080`; a path prefix is kept. */
  readonly baseUrl: string;
  readonly fetch: FetchLike;
  /** Value of the `Authorization` header, or a function asked before every call. */
  readonly authorization?: string | (() => string | undefined);
  /** Of one call including its body; 15 s when absent. Uploads get four times as long. */
  readonly timeoutMs?: number;
};

const DEFAULT_TIMEOUT_MS = 15_000;
const UPLOAD_TIMEOUT_FACTOR = 4;
const SEALED = 'application/octet-stream';

type Send = (
  route: RouteDefinition,
  input: RequestInput,
  options: CallOptions | undefined,
) => Promise<Result<unknown>>;

type RequestInput = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Sent as it is, in place of a JSON body; its type sets the content type. */
  readonly form?: unknown;
  /** Sent as `application/octet-stream`. */
  readonly bytes?: unknown;
};

/** A client of every route in `ROUTES`, typed from them. Works in browsers and Node alike. */
export function createClient(options: ClientOptions): Client {
  const platform = platformOf(options);
  const send = sender(options, platform);
  return {
    ...createTableClient(ROUTES, options),
    deliverPhoto: (upload, callOptions) =>
      send(
        ROUTES.deliverPhoto,
        {
          params: { orderId: upload.orderId, photoId: upload.photoId },
          form: photoForm(platform, upload, [upload.meta.originalType, 'image/jpeg']),
        },
        { timeoutMs: uploadTimeout(options), ...callOptions },
      ) as Promise<Result<Photo>>,
    handInSealedPhoto: (upload, callOptions) =>
      send(
        ROUTES.handInSealedPhoto,
        {
          params: { photoId: upload.photoId },
          form: photoForm(platform, upload, [SEALED, SEALED]),
        },
        { timeoutMs: uploadTimeout(options), ...callOptions },
      ) as Promise<Result<RouteOutput<'handInSealedPhoto'>>>,
  };
}

/** A client of the routes in `table` alone. */
export function createTableClient<const Table extends RouteTable>(
  table: Table,
  options: ClientOptions,
): TableClient<Table> {
  const send = sender(options, platformOf(options));
  const routeOf = (id: keyof Table) => table[id] as RouteDefinition;
  return {
    call: (id, ...[input, callOptions]) =>
      send(routeOf(id), (input ?? {}) as RequestInput, callOptions) as never,
    sendBytes: (id, input, callOptions) =>
      send(routeOf(id), input as RequestInput, {
        timeoutMs: uploadTimeout(options),
        ...callOptions,
      }) as never,
  };
}

function uploadTimeout(options: ClientOptions): number {
  return (options.timeoutMs ?? DEFAULT_TIMEOUT_MS) * UPLOAD_TIMEOUT_FACTOR;
}

/** `meta` comes first, so that the server knows the digests before the files arrive. */
function photoForm(
  platform: Platform,
  upload: PhotoUpload | SealedPhotoUpload,
  [original, standard]: readonly [string, string],
): unknown {
  const form = new platform.FormData();
  const file = (bytes: Uint8Array, type: string) =>
    new platform.Blob([bytes] as never[], { type }) as never;
  form.append('meta', JSON.stringify(upload.meta) as never);
  form.append('original', file(upload.original, original), 'original');
  form.append('standard', file(upload.standard, standard), 'standard.jpg');
  return form;
}

function sender(options: ClientOptions, platform: Platform): Send {
  return async (route, input, call) => {
    const timeout = platform.AbortSignal.timeout(
      call?.timeoutMs ?? options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    );
    const signal = call?.signal
      ? platform.AbortSignal.any([timeout, call.signal] as never[])
      : timeout;
    try {
      const response = await options.fetch(routeUrl(options.baseUrl, route, input), {
        method: route.method,
        headers: headersOf(options, input, call),
        ...bodyOf(input),
        signal: signal as never,
      });
      return await readResponse(route, response);
    } catch (error) {
      if (call?.signal?.aborted) throw call.signal.reason ?? error;
      return fail(timeout.aborted ? 'network.timeout' : 'network.unreachable');
    }
  };
}

function headersOf(
  options: ClientOptions,
  input: RequestInput,
  call: CallOptions | undefined,
): Record<string, string> {
  const own =
    typeof options.authorization === 'function' ? options.authorization() : options.authorization;
  const authorization = call?.authorization ?? own;
  return {
    accept: 'application/json, image/jpeg, application/pdf, text/csv, application/octet-stream',
    ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(input.bytes === undefined ? {} : { 'content-type': 'application/octet-stream' }),
    ...(authorization ? { authorization } : {}),
  };
}

function bodyOf(input: RequestInput): { body?: never } {
  if (input.form !== undefined) return { body: input.form as never };
  if (input.bytes !== undefined) return { body: input.bytes as never };
  return input.body === undefined ? {} : { body: JSON.stringify(input.body) as never };
}

async function readResponse(
  route: RouteDefinition,
  response: ResponseLike,
): Promise<Result<unknown>> {
  if (!response.ok) return { ok: false, error: await readFailure(response) };
  if (route.file) return readFile(route.file, response);
  const parsed = safeParse(route.response, parseJson(await response.text()));
  // Campus networks answer 200 with their own login page: that is not our server.
  return parsed.success ? ok(parsed.data) : fail('network.unreachable');
}

async function readFile(type: string, response: ResponseLike): Promise<Result<Uint8Array>> {
  if (response.headers.get('content-type')?.split(';')[0] !== type)
    return fail('network.unreachable');
  return ok(new Uint8Array(await response.arrayBuffer()));
}

async function readFailure(response: ResponseLike): Promise<Failure> {
  const parsed = failure.safeParse(parseJson(await response.text()));
  if (!parsed.success) return { code: codeOfStatus(response.status) };
  const { code, details } = parsed.data.error;
  if (!isErrorCode(code)) return { code: codeOfStatus(response.status) };
  return details ? { code, details } : { code };
}

/** For answers that something between us and the server made (proxy, load balancer). */
function codeOfStatus(status: number): Failure['code'] {
  if (status === 413) return 'request.tooLarge';
  if (status === 429) return 'request.tooMany';
  if (status === 408 || status === 504) return 'network.timeout';
  return status === 500 ? 'server.internal' : 'network.unreachable';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
