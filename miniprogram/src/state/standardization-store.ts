import type { StandardizationJob } from '@gradshot/contract';
import { type Failure, isRetryable, type Result } from '@gradshot/domain';
import { createStore } from 'zustand/vanilla';
import type { Picture } from '../platform/ports.ts';
import type { Parts } from './parts.ts';

const POLL_MS = 700;
/** Network faults in a row before the person is told; polling then stops. */
const PATIENCE = 8;

export type StandardizationState = {
  readonly photoId: string | undefined;
  readonly job: StandardizationJob | undefined;
  /** What is asked for and not answered yet. */
  readonly busy: 'opening' | 'starting' | undefined;
  /** The standard photo as the server keeps it. */
  readonly picture: Picture | undefined;
  readonly failure: Failure | undefined;
  /** Takes up what there is: nothing yet, a running job or a result. Again after a failure. */
  open(orderId: string, photoId: string): Promise<void>;
  /** 照片标准化; resolves when there is a result. */
  start(orderId: string, photoId: string): Promise<void>;
  /** The page is left: nothing is asked for any more. */
  close(): void;
};

/** One following of one photo; `set` does nothing once another has begun. */
type Visit = {
  set(part: Partial<StandardizationState>): void;
  job(): StandardizationJob | undefined;
  isOver(): boolean;
};

const EMPTY = {
  photoId: undefined,
  job: undefined,
  busy: undefined,
  picture: undefined,
  failure: undefined,
} as const;

export const createStandardizationStore = (parts: Parts) =>
  createStore<StandardizationState>((set, get) => {
    let visits = 0;
    const visit = (photoId: string | undefined): Visit => {
      visits += 1;
      const own = visits;
      const isOver = () => own !== visits;
      const { picture, job } = get();
      if (picture) parts.platform.storage.release(picture);
      set({ ...EMPTY, photoId, job: job?.photoId === photoId ? job : undefined });
      return { isOver, set: (part) => !isOver() && set(part), job: () => get().job };
    };
    return {
      ...EMPTY,
      open: async (orderId, photoId) => {
        const own = visit(photoId);
        own.set({ busy: 'opening' });
        const params = { orderId, photoId };
        const answer = await parts.api.call('getStandardization', { params });
        own.set({ busy: undefined });
        if (answer.ok) await follow(parts, own, answer);
        // Uploaded and not started: the page offers the button.
        else if (answer.error.code !== 'photo.notFound') own.set({ failure: answer.error });
      },
      start: async (orderId, photoId) => {
        if (get().busy === 'starting' && get().photoId === photoId) return;
        const own = visit(photoId);
        own.set({ busy: 'starting' });
        const params = { orderId, photoId };
        const answer = await parts.api.call('startStandardization', { params });
        own.set({ busy: undefined });
        await follow(parts, own, answer);
      },
      close: () => {
        visit(undefined);
      },
    };
  });

/** Polls until the job ends, the page is left or the network stays away. */
async function follow(
  parts: Parts,
  visit: Visit,
  first: Result<StandardizationJob>,
): Promise<void> {
  let answer = first;
  for (let faults = 0; faults < PATIENCE; ) {
    visit.set(answer.ok ? { job: answer.value, failure: undefined } : { failure: answer.error });
    if (answer.ok ? isOver(answer.value) : !isRetryable(answer.error.code)) break;
    await parts.wait(POLL_MS);
    const job = visit.job();
    if (visit.isOver() || !job) return;
    answer = await parts.api.call('getStandardization', { params: paramsOf(job) });
    if (visit.isOver()) return;
    faults = answer.ok ? 0 : faults + 1;
  }
  await loadPicture(parts, visit);
}

const isOver = ({ state }: StandardizationJob) => state === 'done' || state === 'failed';
const paramsOf = ({ orderId, photoId }: StandardizationJob) => ({ orderId, photoId });

async function loadPicture({ api, platform }: Parts, visit: Visit): Promise<void> {
  const job = visit.job();
  if (visit.isOver() || !job?.standard) return;
  const picture = await api.download('getStandardPhoto', paramsOf(job));
  if (visit.isOver()) {
    if (picture.ok) platform.storage.release(picture.value);
    return;
  }
  visit.set(picture.ok ? { picture: picture.value } : { failure: picture.error });
}
