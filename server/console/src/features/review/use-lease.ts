import { useCallback, useEffect, useRef, useState } from 'react';

export type Lease = { readonly id: string; readonly seconds: number };

const TICK_MS = 500;
/** A lease is renewed once a quarter of it has gone; more often would only cost requests. */
const RENEW_BELOW = 0.75;
export const LOW_SECONDS = 60;

type LeaseOptions = {
  readonly lease: Lease | undefined;
  /** Seconds from now that the server grants, or undefined when the lease is gone. */
  readonly renew: () => Promise<number | 'lost' | 'unreachable'>;
  readonly onLost: () => void;
};

/**
 * Milliseconds left of the lease by this machine's own steady clock. Moving, typing and clicking
 * renew it; a reviewer who has walked away lets it run out.
 */
export function useLease({ lease, renew, onLost }: LeaseOptions): number {
  const [left, setLeft] = useState(0);
  const deadline = useRef(0);
  const calls = useRef({ renew, onLost });
  calls.current = { renew, onLost };
  const total = (lease?.seconds ?? 0) * 1000;

  useEffect(() => {
    if (!lease) return;
    deadline.current = performance.now() + total;
    setLeft(total);
    const timer = setInterval(() => {
      const now = Math.max(0, deadline.current - performance.now());
      setLeft(now);
      if (now > 0) return;
      clearInterval(timer);
      calls.current.onLost();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [lease, total]);

  const busy = useRef(false);
  const onActivity = useCallback(async () => {
    const remaining = deadline.current - performance.now();
    if (busy.current || remaining <= 0 || remaining > total * RENEW_BELOW) return;
    busy.current = true;
    const granted = await calls.current.renew();
    busy.current = false;
    if (granted === 'lost') calls.current.onLost();
    else if (granted !== 'unreachable') deadline.current = performance.now() + granted * 1000;
  }, [total]);

  useEffect(() => {
    if (!lease) return;
    const events = ['mousemove', 'keydown', 'pointerdown', 'wheel'] as const;
    for (const name of events) document.addEventListener(name, onActivity, { passive: true });
    return () => {
      for (const name of events) document.removeEventListener(name, onActivity);
    };
  }, [lease, onActivity]);
  return left;
}
