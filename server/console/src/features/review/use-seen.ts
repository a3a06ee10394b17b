import { useEffect, useState } from 'react';

/** A photo that came up under a finger already moving was not judged. */
export const SEEN_AFTER_MS = 400;

/** Whether what is `shown` has been so long enough to be seen. */
export function useSeen(shown: boolean): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!shown) return setSeen(false);
    const timer = setTimeout(() => setSeen(true), SEEN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return seen;
}
