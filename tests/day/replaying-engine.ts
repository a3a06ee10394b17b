import { setImmediate } from 'node:timers/promises';
import type { Engine } from '@gradshot/imaging';
import { standardOf } from './pictures.ts';
import type { RecordedPhoto } from './recorded-photo.ts';

/** Gives every graduate what was recorded, stage by stage, at once. */
export function createReplayingEngine({ report, jpeg, progress }: RecordedPhoto): Engine {
  return {
    info: {
      ...{ provider: 'cpu', trials: [], models: report.models },
      engineVersion: report.engineVersion,
    },
    async standardize(source, { signal, onProgress }) {
      for (const stage of progress) {
        onProgress?.(stage);
        await setImmediate();
      }
      signal?.throwIfAborted();
      return { report, jpeg: standardOf(jpeg, source) };
    },
    guide: async () => ({ faces: 1, hints: [], state: 'ready' }),
    close: async () => undefined,
  };
}
