/**
 * One HTTP exchange with a foreign service, bounded in time and size. No redirect is followed: a
 * signed request belongs to the address it was signed for.
 */
export type Exchange = {
  readonly status: number;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body byte for byte, because signatures cover it before any parsing. */
  readonly body: Buffer;
};

export type ExchangeOutcome =
  | { readonly ok: true; readonly exchange: Exchange }
  | { readonly ok: false; readonly why: 'unreachable' | 'timeout' | 'tooLarge' };

export type ExchangeRequest = {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whole exchange, connecting and reading the body included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
};

/** Never throws for what the network or the other side does. */
export async function exchange(request: ExchangeRequest): Promise<ExchangeOutcome> {
  const signal = AbortSignal.timeout(request.timeoutMs);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const body = await readAtMost(response, request.maxBytes);
    if (!body) return { ok: false, why: 'tooLarge' };
    const headers = Object.fromEntries(response.headers);
    return { ok: true, exchange: { status: response.status, headers, body } };
  } catch {
    return { ok: false, why: signal.aborted ? 'timeout' : 'unreachable' };
  }
}

async function readAtMost(response: Response, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the stream, so that an endless answer costs nothing more.
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Parses JSON of a foreign service; undefined when it is none. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
