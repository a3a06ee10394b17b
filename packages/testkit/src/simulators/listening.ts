import type { FastifyInstance } from 'fastify';

/** Where a simulator listens. Port 0 takes any free one. */
export type Listen = {
  readonly host: string;
  readonly port: number;
  /** Host name or address that other machines reach it by, when `host` is a wildcard. */
  readonly publicHost?: string;
};

export const LOOPBACK: Listen = { host: '127.0.0.1', port: 0 };

/** Starts listening and answers the address to call it by, without a slash at the end. */
export async function listen(app: FastifyInstance, at: Listen): Promise<string> {
  await app.listen({ host: at.host, port: at.port });
  const address = app.server.address();
  if (!address || typeof address === 'string') throw new Error('The simulator has no TCP port');
  const wildcard = at.host === '0.0.0.0' || at.host === '::';
  const host = at.publicHost ?? (wildcard ? '127.0.0.1' : at.host);
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}

/** Makes every JSON body arrive as its raw bytes, because signatures cover those. */
export function keepRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

/** The raw body of a request; empty where there was none. */
export function rawBody(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/** JSON of a raw body; undefined when it is none. */
export function jsonBody(body: unknown): unknown {
  try {
    return JSON.parse(rawBody(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
