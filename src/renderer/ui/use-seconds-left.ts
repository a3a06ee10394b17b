import { useEffect, useState } from 'react';

const left = (iso: string): number => Math.max(0, (Date.parse(iso) - Date.now()) / 1000);

/** Seconds until `iso`, told once a second; the core alone decides what happens at zero. */
export function useSecondsLeft(iso: string): number {
  const [seconds, setSeconds] = useState(() => left(iso));
  useEffect(() => {
    setSeconds(left(iso));
    const timer = setInterval(() => setSeconds(left(iso)), 1000);
    return () => clearInterval(timer);
  }, [iso]);
  return seconds;
}
