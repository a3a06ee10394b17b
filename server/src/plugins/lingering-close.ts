import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * How long the rest of a refused body is still taken in and thrown away. Cutting at once would
 * reset the connection, and the client would see a broken network in place of the refusal.
 */
const LINGER_MS = 2_000;
/** Time that running requests get when the server closes. */
const CLOSE_MS = 10_000;

/**
 * Ends connections whose request was answered before it was read to its end, and at closing time
 * those that ask nothing: browsers open some in advance and never speak on them.
 */
export function addLingeringClose(app: FastifyInstance): void {
  app.addHook('onResponse', async (request) => {
    if (!request.raw.complete) linger(request.raw);
  });
  const closeSilent = watchSilentSockets(app);
  app.addHook('preClose', async () => {
    closeSilent();
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

/** The returned function ends the connections without a request in hand. */
function watchSilentSockets({ server }: FastifyInstance): () => void {
  const silent = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    silent.delete(socket);
    response.once('close', () => {
      if (!socket.destroyed) silent.add(socket);
    });
  });
  return () => {
    for (const socket of silent) socket.destroy();
  };
}
