import { onlineManager, useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';

/** Whether something on the screen could not be fetched anew and may be out of date. */
export function useStale(): boolean {
  const cache = useQueryClient().getQueryCache();
  const subscribe = useCallback(
    (changed: () => void) => {
      const ends = [cache.subscribe(changed), onlineManager.subscribe(changed)];
      return () => {
        for (const end of ends) end();
      };
    },
    [cache],
  );
  return useSyncExternalStore(subscribe, () => {
    // Without any data the place of the data says it already.
    const failed = cache
      .getAll()
      .some((query) => query.isActive() && query.state.status === 'error' && query.state.data);
    return failed || !onlineManager.isOnline();
  });
}
