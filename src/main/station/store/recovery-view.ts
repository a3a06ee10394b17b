import type { RecoveryView } from '../../../shared/index.ts';
import type { Store } from './store.ts';

/** Undefined when all was well at the start, or staff have seen what was not. */
export function recoveryView({
  settings,
  quarantine,
}: Pick<Store, 'settings' | 'quarantine'>): RecoveryView | undefined {
  const recovery = settings.get('recovery');
  if (!recovery) return undefined;
  const { at, trouble, restoredFrom, rebuilt } = recovery;
  const fromCopy = restoredFrom !== undefined;
  return { at, trouble, fromCopy, rebuilt, quarantined: quarantine.count() };
}
