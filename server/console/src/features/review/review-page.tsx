import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { IdleDesk } from './idle-desk.tsx';
import { ReviewDesk } from './review-desk.ts';
import { ReviewHeader } from './review-header.tsx';
import { useLease } from './use-lease.ts';
import { Workbench } from './workbench.tsx';

/** Nudges may be lost; an empty queue is asked again by itself. */
const POLL_MS = 15_000;

export function ReviewPage() {
  const [desk] = useState(() => new ReviewDesk());
  const state = useSyncExternalStore(desk.subscribe, desk.state);
  useEffect(() => {
    void desk.start();
    return () => void desk.pause();
  }, [desk]);
  useWaitForPhotos(desk, state.mode === 'empty');
  const left = useLease({
    lease: useLeaseOf(state.current),
    renew: () => desk.renew(),
    onLost: () => desk.lose(),
  });
  return (
    <>
      <ReviewHeader desk={state} leaseLeft={left} onPause={() => void desk.pause()} />
      {state.current ? (
        <Workbench
          key={state.current.photoId}
          desk={desk}
          item={state.current}
          deciding={state.deciding}
        />
      ) : (
        <IdleDesk desk={state} onStart={() => void desk.start()} />
      )}
    </>
  );
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

type Leased = { readonly leaseId: string; readonly leaseSeconds: number };

/** The same object as long as the lease is the same, so that its clock is not set back. */
function useLeaseOf(item: Leased | null) {
  const [lease, setLease] = useState<{ id: string; seconds: number }>();
  const id = item?.leaseId;
  const seconds = item?.leaseSeconds ?? 0;
  if (lease?.id !== id) setLease(id ? { id, seconds } : undefined);
  return lease;
}
