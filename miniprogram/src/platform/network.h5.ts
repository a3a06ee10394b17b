import { fail, ok } from '@gradshot/domain';
import type { NetworkPort } from './ports.ts';

const DOWNLOAD_TIMEOUT_MS = 60_000;

export const network: NetworkPort = {
  send: async (request) => {
    try {
      const response = await within(request.timeoutMs, (signal) =>
        fetch(API_BASE + request.path, {
          method: request.method,
          headers: { ...request.headers },
          ...(request.body === undefined ? {} : { body: request.body }),
          signal,
        }).then(async (answer) => ({ status: answer.status, text: await answer.text() })),
      );
      return ok(response);
    } catch (error) {
      return failureOf(error);
    }
  },
  download: async (path, headers) => {
    try {
      return ok(
        await within(DOWNLOAD_TIMEOUT_MS, async (signal) => {
          const answer = await fetch(API_BASE + path, { headers: { ...headers }, signal });
          if (!answer.ok) return { status: answer.status, text: await answer.text() };
          const blob = await answer.blob();
          return { uri: URL.createObjectURL(blob), size: blob.size };
        }),
      );
    } catch (error) {
      return failureOf(error);
    }
  },
  stream: (path, headers, on) => {
    const stop = new AbortController();
    void pump(path, headers, stop.signal, on.text).finally(on.end);
    return { close: () => stop.abort() };
  },
};

/** An EventSource cannot carry the authorisation header; a streamed fetch can. */
async function pump(
  path: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  onText: (piece: string) => void,
): Promise<void> {
  try {
    const answer = await fetch(API_BASE + path, { headers: { ...headers }, signal });
    const reader = answer.ok ? answer.body?.getReader() : undefined;
    const decoder = new TextDecoder();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
      onText(decoder.decode(part.value, { stream: true }));
  } catch {
    // A broken stream is opened again by the caller.
  }
}

async function within<T>(ms: number, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ms);
  try {
    return await act(stop.signal);
  } finally {
    clearTimeout(timer);
  }
}

const failureOf = (error: unknown) =>
  fail((error as DOMException).name === 'AbortError' ? 'network.timeout' : 'network.unreachable');
