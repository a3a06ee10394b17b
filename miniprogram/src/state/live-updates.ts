import type { AccountEvent } from '@gradshot/contract';
import { pathOf } from '../api/endpoints.ts';
import type { Parts } from './parts.ts';

/** Pause before a stream that ended is opened again; doubles up to the longest one. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

export type LiveUpdates = {
  /** Opens the stream once; further calls change nothing. */
  start(): void;
  stop(): void;
};

/**
 * The event stream: nudges that something is to be fetched again. Where streams do not pass
 * (proxies, old phones), pages still poll; nothing depends on it.
 */
export function createLiveUpdates(
  { platform, api, wait }: Parts,
  onEvent: (event: AccountEvent) => void,
): LiveUpdates {
  let running = 0;
  let current: { close(): void } | undefined;
  const once = () =>
    new Promise<boolean>((resolve) => {
      let heard = false;
      const read = eventReader((event) => onEvent(event));
      current = platform.network.stream(pathOf('streamEvents', {}), api.authorization(), {
        text: (piece) => {
          heard = true;
          read(piece);
        },
        end: () => resolve(heard),
      });
    });
  const keepOpen = async (run: number) => {
    for (let pause = FIRST_PAUSE_MS; run === running; ) {
      // Nobody is logged in: the server would refuse again and again.
      const heard = api.authorization().authorization ? await once() : false;
      pause = heard ? FIRST_PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS);
      await wait(pause);
    }
  };
  return {
    start: () => {
      if (running % 2 === 1) return;
      running += 1;
      void keepOpen(running);
    },
    stop: () => {
      if (running % 2 === 0) return;
      running += 1;
      current?.close();
    },
  };
}

/** Cuts `text/event-stream` into events; comments and unknown fields are passed over. */
export function eventReader(onEvent: (event: AccountEvent) => void): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece).replace(/\r\n?/g, '\n').split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = eventOf(block);
      if (event) onEvent(event);
    }
  };
}

function eventOf(block: string): AccountEvent | undefined {
  const data = block
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length).trimStart())
    .join('\n');
  try {
    return data ? (JSON.parse(data) as AccountEvent) : undefined;
  } catch {
    return undefined;
  }
}
