import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/**
 * How long the rest of a refused body is still taken in and thrown away. Cutting at once would
 * reset the connection, and the client would see a broken network in place of the refusal.
 */
const LINGER_MS = 2_000;
/** Time that running requests get when the server closes. */
const CLOSE_MS = 10_000;

/** Ends connections whose request was answered before it was read to its end. */
export function addLingeringClose(app: FastifyInstance): void {
  app.addHook('onResponse', async (request) => {
    if (!request.raw.complete) linger(request.raw);
  });
  app.addHook('preClose', async () => {
    setTimeout(() => app.server.closeAllConnections(), CLOSE_MS).unref();
  });
}

function linger(message: IncomingMessage): void {
  message.unpipe();
  message.resume();
  const timer = setTimeout(() => message.socket.destroy(), LINGER_MS);
  timer.unref();
  message.once('close', () => clearTimeout(timer));
}
