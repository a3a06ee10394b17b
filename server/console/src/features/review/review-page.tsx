import type { ReviewItem } from '@gradshot/contract';
import { isRetryable } from '@gradshot/domain';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import { useNotify } from '../../ui/use-notify.ts';
import { IdleDesk } from './idle-desk.tsx';
import { LastHeld } from './last-held.tsx';
import { type DeskState, ReviewDesk } from './review-desk.ts';
import { ReviewHeader } from './review-header.tsx';
import { useKeys } from './use-keys.ts';
import { useLease } from './use-lease.ts';
import { Workbench } from './workbench.tsx';

/** Nudges may be lost; an empty queue is asked again by itself. */
const POLL_MS = 15_000;
const ADVICE_POLL_MS = 4_000;

export function ReviewPage() {
  const [desk] = useState(() => new ReviewDesk());
  const state = useSyncExternalStore(desk.subscribe, desk.state);
  useEffect(() => {
    void desk.start();
    return () => void desk.pause();
  }, [desk]);
  useWaitForPhotos(desk, waitsByItself(state));
  useWaitForAdvice(desk, state.current);
  const left = useLease({
    lease: useLeaseOf(state.current),
    renew: () => desk.renew(),
    onLost: () => desk.lose(),
  });
  const notify = useNotify();
  const { t } = useLanguage();
  const takeBack = async () => {
    if (!desk.state().last) return;
    const failure = await desk.takeBack();
    if (failure) notify.failed(failure);
    else notify.success(t.review.takenBack);
  };
  useKeys({ KeyZ: takeBack });
  return (
    <>
      <ReviewHeader
        desk={state}
        leaseLeft={left}
        onPause={() => void desk.pause()}
        lastHeld={
          state.last ? <LastHeld last={state.last} desk={desk} onTakeBack={takeBack} /> : null
        }
      />
      {state.current ? (
        <Workbench
          key={state.current.photoId}
          desk={desk}
          item={state.current}
          deciding={state.deciding}
          mayTakeBack={state.last !== undefined}
        />
      ) : (
        <IdleDesk desk={state} onStart={() => void desk.start()} />
      )}
    </>
  );
}

/** An empty queue, or a failure that passes without anybody doing anything. */
function waitsByItself({ mode, failure }: DeskState): boolean {
  return mode === 'empty' || (mode === 'failed' && !!failure && isRetryable(failure.code));
}

/** While the queue is empty: asks again after a nudge, and every now and then. */
function useWaitForPhotos(desk: ReviewDesk, waiting: boolean): void {
  useQuery({
    queryKey: ['review', 'wait'],
    queryFn: async () => {
      await desk.start();
      return desk.state().waiting;
    },
    enabled: waiting,
    refetchInterval: POLL_MS,
    gcTime: 0,
    staleTime: POLL_MS,
  });
}

/** The worker compares with the reference photo a moment after the photo was handed in. */
function useWaitForAdvice(desk: ReviewDesk, item: ReviewItem | null): void {
  const waiting = !!item?.hasReference && !item.identity && !item.identityFailure;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => void desk.refresh(), ADVICE_POLL_MS);
    return () => clearInterval(timer);
  }, [desk, waiting]);
}

type Leased = { readonly leaseId: string; readonly leaseSeconds: number };

/** The same object as long as the lease is the same, so that its clock is not set back. */
function useLeaseOf(item: Leased | null) {
  const [lease, setLease] = useState<{ id: string; seconds: number }>();
  const id = item?.leaseId;
  const seconds = item?.leaseSeconds ?? 0;
  if (lease?.id !== id) setLease(id ? { id, seconds } : undefined);
  return lease;
}
