import type { CallableRouteId, RouteInput, RouteOutput } from '@gradshot/contract';
import { type Failure, fail, isErrorCode, ok, type Result } from '@gradshot/domain';
import type { HttpAnswer, HttpRequest, NetworkPort, Picture } from '../platform/ports.ts';
import { ENDPOINTS, type Endpoint, pathOf } from './endpoints.ts';

const TIMEOUT_MS = 15_000;
/** One chunk over a poor network. */
const BYTES_TIMEOUT_MS = 60_000;

export type JsonEndpoint = Extract<Endpoint, CallableRouteId>;
export type BytesEndpoint = 'appendUpload' | 'readCodePicture';
export type FileEndpoint = 'getStandardPhoto' | 'downloadStandard' | 'downloadSheet';

type Input<Id extends JsonEndpoint> =
  unknown extends RouteInput<Id> ? [input?: undefined] : [input: RouteInput<Id>];

export type Api = {
  /** Calls a JSON route. Expected failures and network faults are values. */
  call<Id extends JsonEndpoint>(id: Id, ...input: Input<Id>): Promise<Result<RouteOutput<Id>>>;
  /** Sends raw bytes. */
  sendBytes<Id extends BytesEndpoint>(
    id: Id,
    params: Readonly<Record<string, string | number>>,
    bytes: ArrayBuffer,
  ): Promise<Result<RouteOutput<Id>>>;
  /** A picture, byte for byte. */
  download(id: FileEndpoint, params: Readonly<Record<string, string>>): Promise<Result<Picture>>;
  /** Header of the present session, for the event stream. */
  authorization(): Readonly<Record<string, string>>;
};

export type Session = {
  token(): string | undefined;
  /** Gets a new token without asking the person; false where that cannot be done. */
  renew(): Promise<boolean>;
  /** Another number once another person may hold the phone. */
  era(): number;
};

type Parts = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
};

/**
 * The typed calls of the server. A session that has ended is renewed once, unseen; an answer to the
 * person before never reaches the next one.
 */
export function createApi(network: NetworkPort, session: Session): Api {
  const authorization = () => {
    const token = session.token();
    return token ? { authorization: `Bearer ${token}` } : {};
  };
  const renewing = async <T>(attempt: () => Promise<Result<T>>): Promise<Result<T>> => {
    const had = session.token();
    const era = session.era();
    const first = await attempt();
    // What was asked for without a session is about nobody.
    if (had !== undefined && era !== session.era()) return fail('auth.required');
    const ended = !first.ok && first.error.code === 'auth.required' && had !== undefined;
    if (!ended || !(await session.renew())) return first;
    const second = await attempt();
    return era === session.era() ? second : fail('auth.required');
  };
  const exchange = (request: () => HttpRequest) =>
    renewing(async () => {
      const answer = await network.send(request());
      return answer.ok ? readJson(answer.value) : answer;
    });
  return {
    authorization,
    call: (id, ...[input]) =>
      exchange(() => jsonRequest(id, (input ?? {}) as Parts, authorization())) as never,
    sendBytes: (id, params, bytes) =>
      exchange(() => bytesRequest(id, params, bytes, authorization())) as never,
    download: (id, params) =>
      renewing(async () => {
        const answer = await network.download(pathOf(id, { params }), authorization());
        if (!answer.ok) return answer;
        return 'uri' in answer.value ? ok(answer.value) : failureIn(answer.value);
      }),
  };
}

function jsonRequest(id: JsonEndpoint, parts: Parts, headers: Record<string, string>): HttpRequest {
  const method = ENDPOINTS[id][0];
  const base = { method, path: pathOf(id, parts), timeoutMs: TIMEOUT_MS };
  if (method === 'GET') return { ...base, headers };
  return {
    ...base,
    headers: { ...headers, 'content-type': 'application/json' },
    // WeChat calls every body JSON, and an empty one is no JSON: never send none.
    body: JSON.stringify(parts.body ?? {}),
  };
}

function bytesRequest(
  id: BytesEndpoint,
  params: Readonly<Record<string, unknown>>,
  bytes: ArrayBuffer,
  headers: Record<string, string>,
): HttpRequest {
  return {
    method: ENDPOINTS[id][0],
    path: pathOf(id, { params }),
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: bytes,
    timeoutMs: BYTES_TIMEOUT_MS,
  };
}

/** Campus networks answer 200 with a login page of their own: that is not our server. */
function readJson(answer: HttpAnswer): Result<unknown> {
  if (answer.status >= 400) return failureIn(answer);
  const value = parse(answer.text);
  return value === undefined ? fail('network.unreachable') : ok(value);
}

function failureIn(answer: HttpAnswer): { ok: false; error: Failure } {
  const body = parse(answer.text) as { error?: Partial<Failure> } | undefined;
  const { code, details } = body?.error ?? {};
  if (!code || !isErrorCode(code)) return { ok: false, error: { code: codeOf(answer.status) } };
  return { ok: false, error: details ? { code, details } : { code } };
}

/** For answers that something between us and the server made (proxy, load balancer). */
function codeOf(status: number): Failure['code'] {
  if (status === 401) return 'auth.required';
  if (status === 413) return 'request.tooLarge';
  if (status === 408 || status === 504) return 'network.timeout';
  return status === 500 ? 'server.internal' : 'network.unreachable';
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
