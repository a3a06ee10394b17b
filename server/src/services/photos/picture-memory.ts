import { fail, type Result } from '@gradshot/domain';
import { Semaphore, withTimeout } from 'async-mutex';

const MB = 1024 ** 2;
/** A file lies in memory twice while it is put together from its parts. */
const COPIES = 2;
/** Whoever waits holds next to nothing; beyond these the answer comes at once. */
const MAX_WAITING = 200;

export type PictureMemoryLimits = {
  /** Of all files in hand at the same time, their copies included. */
  readonly bytes: number;
  /** How long one waits for its turn. */
  readonly waitMs: number;
};

/** Originals being put together from a phone's chunks: four middling ones, or two of the largest. */
export const COMPLETION_MEMORY: PictureMemoryLimits = { bytes: 256 * MB, waitMs: 15_000 };
/** Stations' uploads, which take as long as the campus network needs. */
export const ARRIVAL_MEMORY: PictureMemoryLimits = { bytes: 512 * MB, waitMs: 15_000 };

/** How much of the process's memory whole files may take at the same time. */
export type PictureMemory = {
  /** Does `work` with a file of `bytes` once there is room. Failure: `server.busy`. */
  hold<T>(bytes: number, work: () => Promise<Result<T>>): Promise<Result<T>>;
};

export function createPictureMemory({ bytes, waitMs }: PictureMemoryLimits): PictureMemory {
  const total = Math.ceil(bytes / MB);
  const late = new Error('no room in time');
  const gate = withTimeout(new Semaphore(total), waitMs, late);
  let waiting = 0;
  const enter = async (size: number) => {
    const weight = Math.min(total, Math.max(1, Math.ceil((size * COPIES) / MB)));
    waiting += 1;
    try {
      const [, leave] = await gate.acquire(weight);
      return leave;
    } catch (error) {
      if (error === late) return undefined;
      throw error;
    } finally {
      waiting -= 1;
    }
  };
  return {
    async hold(size, work) {
      const leave = waiting < MAX_WAITING ? await enter(size) : undefined;
      if (!leave) return fail('server.busy');
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
