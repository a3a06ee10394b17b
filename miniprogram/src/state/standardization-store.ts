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
  /** The standard photo as the server keeps it. */
  readonly picture: Picture | undefined;
  readonly failure: Failure | undefined;
  /** Takes up what there is: nothing yet, a running job or a result. */
  open(orderId: string, photoId: string): Promise<void>;
  /** 照片标准化; resolves when there is a result. */
  start(orderId: string, photoId: string): Promise<void>;
  close(): void;
};

type Store = {
  set(part: Partial<StandardizationState>): void;
  get(): StandardizationState;
};

export const createStandardizationStore = (parts: Parts) =>
  createStore<StandardizationState>((set, get) => ({
    photoId: undefined,
    job: undefined,
    picture: undefined,
    failure: undefined,
    open: async (orderId, photoId) => {
      set({ photoId, job: undefined, picture: undefined, failure: undefined });
      const params = { orderId, photoId };
      const answer = await parts.api.call('getStandardization', { params });
      if (get().photoId !== photoId) return;
      if (answer.ok) await follow(parts, { set, get }, answer);
      // Uploaded and not started: the page offers the button.
      else if (answer.error.code !== 'photo.notFound') set({ failure: answer.error });
    },
    start: async (orderId, photoId) => {
      set({ photoId, failure: undefined });
      const params = { orderId, photoId };
      const answer = await parts.api.call('startStandardization', { params });
      if (get().photoId === photoId) await follow(parts, { set, get }, answer);
    },
    close: () => set({ photoId: undefined }),
  }));

/** Polls until the job ends, the page is left or the network stays away. */
async function follow(
  parts: Parts,
  store: Store,
  first: Result<StandardizationJob>,
): Promise<void> {
  const photoId = store.get().photoId;
  let answer = first;
  for (let faults = 0; faults < PATIENCE; ) {
    if (answer.ok) store.set({ job: answer.value, failure: undefined });
    else store.set({ failure: answer.error });
    if (answer.ok ? isOver(answer.value) : !isRetryable(answer.error.code)) break;
    await parts.wait(POLL_MS);
    const job = store.get().job;
    if (store.get().photoId !== photoId || !job) return;
    answer = await parts.api.call('getStandardization', { params: paramsOf(job) });
    if (store.get().photoId !== photoId) return;
    faults = answer.ok ? 0 : faults + 1;
  }
  await loadPicture(parts, store);
}

const isOver = ({ state }: StandardizationJob) => state === 'done' || state === 'failed';
const paramsOf = ({ orderId, photoId }: StandardizationJob) => ({ orderId, photoId });

async function loadPicture({ api }: Parts, { set, get }: Store): Promise<void> {
  const job = get().job;
  if (!job?.standard) return;
  const picture = await api.download('getStandardPhoto', paramsOf(job));
  if (get().photoId !== job.photoId) return;
  if (picture.ok) set({ picture: picture.value });
  else set({ failure: picture.error });
}
