import type { FastifyReply } from 'fastify';

/** Proxies close a connection that says nothing for a minute. */
const BEAT_MS = 20_000;
/** Some thousand events. A client that does not take them in is cut off; it comes back and polls. */
const MOST_UNREAD_BYTES = 64 * 1024;

export type EventStreams = {
  /**
   * Turns the reply into an endless `text/event-stream`. `subscribe` gets the function that sends
   * one event and returns the function that ends its subscription.
   */
  open(reply: FastifyReply, subscribe: (send: (event: object) => void) => () => void): void;
  /** Ends every stream; without it the server would wait for them for ever. */
  closeAll(): void;
};

export function createEventStreams(): EventStreams {
  const endings = new Set<() => void>();
  return {
    open(reply, subscribe) {
      reply.hijack();
      const { raw } = reply;
      // Gone while it was being recognised: its end has been told already, and is never told again.
      if (raw.destroyed) return;
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // nginx would collect events until its buffer is full.
        'x-accel-buffering': 'no',
      });
      const write = (text: string) => {
        if (raw.writableLength > MOST_UNREAD_BYTES) raw.destroy();
        else raw.write(text);
      };
      write(': open\n\n');
      const beat = setInterval(() => write(': beat\n\n'), BEAT_MS);
      const unsubscribe = subscribe((event) => write(`data: ${JSON.stringify(event)}\n\n`));
      const end = () => {
        if (!endings.delete(end)) return;
        clearInterval(beat);
        unsubscribe();
        raw.end();
      };
      endings.add(end);
      raw.on('close', end);
      raw.on('error', end);
    },
    closeAll() {
      for (const end of [...endings]) end();
    },
  };
}
