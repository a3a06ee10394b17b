import { useEffect } from 'react';
import { ask } from '../../state/station-store.ts';

/** Milliseconds between two reports; the core counts idle time in tens of seconds. */
const REPORT_EVERY_MS = 2000;

/** Tells the core that somebody is there, so that it restarts its idle clock. */
export function useActivity(): void {
  useEffect(() => {
    let reported = Number.NEGATIVE_INFINITY;
    const report = () => {
      if (performance.now() - reported < REPORT_EVERY_MS) return;
      reported = performance.now();
      void ask('station.touch', {});
    };
    const events = ['pointerdown', 'keydown', 'wheel'] as const;
    for (const event of events) window.addEventListener(event, report, { passive: true });
    return () => {
      for (const event of events) window.removeEventListener(event, report);
    };
  }, []);
}
