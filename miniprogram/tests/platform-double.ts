import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '@gradshot/domain';
import type { HttpAnswer, HttpRequest, Picture, Platform } from '../src/platform/ports.ts';

/** Answers of a route by `METHOD path`; a function may look at the request. */
export type Routes = Record<string, unknown>;

export type PlatformDouble = Platform & {
  readonly sent: HttpRequest[];
  readonly values: Map<string, string>;
  readonly kept: Map<string, Uint8Array>;
  /** Files by uri. */
  readonly files: Map<string, Uint8Array>;
  readonly saved: string[];
  /** Addresses of pictures that were let go. */
  readonly released: string[];
  routes: Routes;
};

export type RefusedAnswer = { readonly refuse: string; readonly details?: object };
export const refuse = (code: string, details?: object): RefusedAnswer =>
  details ? { refuse: code, details } : { refuse: code };
/** The network broke. */
export const CUT = Symbol('cut');

/** A phone in memory, for tests of the stores. */
export function platformDouble(routes: Routes = {}): PlatformDouble {
  const sent: HttpRequest[] = [];
  const values = new Map<string, string>();
  const kept = new Map<string, Uint8Array>();
  const files = new Map<string, Uint8Array>();
  const saved: string[] = [];
  const released: string[] = [];
  let random = 0;
  const double: PlatformDouble = {
    sent,
    values,
    kept,
    files,
    saved,
    released,
    routes,
    login: { kind: 'wechat', wechatCode: async () => ok('wechat-code') },
    camera: {
      kind: 'system',
      take: async () => ok(null),
      open: async () => fail('phone.noCamera'),
    },
    scan: {
      kind: 'system',
      scan: async () => ok(null),
      open: async () => fail('phone.noCamera'),
      pick: async () => ok(null),
    },
    pay: { method: 'jsapi', possible: true, request: async () => ok('finished') },
    album: {
      hasSettings: true,
      save: async (_, fileName) => {
        saved.push(fileName);
        return ok(null);
      },
      openSettings: async () => true,
    },
    storage: {
      get: (key) => values.get(key),
      set: (key, value) => void values.set(key, value),
      remove: (key) => void values.delete(key),
      pictures: {
        keep: async (id, picture) => {
          kept.set(id, bytesOf(files, picture));
          files.set(`kept:${id}`, bytesOf(files, picture));
          return ok({ uri: `kept:${id}`, size: picture.size });
        },
        find: async (id) => {
          const bytes = kept.get(id);
          return bytes && { uri: `kept:${id}`, size: bytes.byteLength };
        },
        drop: async (id) => void kept.delete(id),
      },
      release: ({ uri }) => void released.push(uri),
      readBytes: async (picture, offset, length) =>
        ok(Uint8Array.from(bytesOf(files, picture).slice(offset, offset + length)).buffer),
      sha256: async (picture) =>
        ok(createHash('sha256').update(bytesOf(files, picture)).digest('hex')),
    },
    network: {
      send: async (request) => {
        sent.push(request);
        return answerOf(double.routes, request);
      },
      download: async (path, headers) => {
        sent.push({ method: 'GET', path, headers, timeoutMs: 0 });
        const answer = answerOf(double.routes, { method: 'GET', path, headers, timeoutMs: 0 });
        if (!answer.ok || answer.value.status !== 200) return answer;
        return ok({ uri: `download:${path}`, size: 1 });
      },
      stream: () => ({ close: () => undefined }),
    },
    phone: {
      language: 'zh',
      call: () => undefined,
      askForMessages: async () => undefined,
      openPrivacyGuide: () => false,
      onPrivacyNeeded: () => undefined,
      ensurePrivacy: async () => ok(null),
      watchSight: () => () => undefined,
      randomBytes: async (length) => {
        random += 1;
        return new Uint8Array(length).fill(random);
      },
    },
  };
  return double;
}

function bytesOf(files: ReadonlyMap<string, Uint8Array>, { uri }: Picture): Uint8Array {
  return files.get(uri) ?? new Uint8Array();
}

function answerOf(routes: Routes, request: HttpRequest): Result<HttpAnswer> {
  const key = `${request.method} ${request.path.split('?')[0]}`;
  const scripted = routes[key];
  const answer = typeof scripted === 'function' ? scripted(request) : scripted;
  if (answer === CUT) return fail('network.unreachable');
  if (answer === undefined)
    return ok({ status: 404, text: JSON.stringify(failure('request.notFound')) });
  const refused = answer as Partial<RefusedAnswer>;
  if (refused.refuse)
    return ok({ status: 409, text: JSON.stringify(failure(refused.refuse, refused.details)) });
  return ok({ status: 200, text: JSON.stringify(answer) });
}

const failure = (code: string, details?: object) => ({ error: { code, zh: '', en: '', details } });
