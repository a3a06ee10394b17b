import { useCallback, useEffect, useRef, useState } from 'react';

/** Counts down from `seconds` and then acts once; `left` is undefined at rest. */
export function useCountdown(seconds: number, act: () => void) {
  const [left, setLeft] = useState<number>();
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (left === undefined) return;
    const timer = setTimeout(() => {
      if (left > 1) return setLeft(left - 1);
      setLeft(undefined);
      latest.current();
    }, 1000);
    return () => clearTimeout(timer);
  }, [left]);
  const start = useCallback(() => setLeft(seconds), [seconds]);
  const cancel = useCallback(() => setLeft(undefined), []);
  return { left, start, cancel };
}
