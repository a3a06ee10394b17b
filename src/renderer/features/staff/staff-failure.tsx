import { useFailure, useMirror, useSnapshot } from '../../state/station-store.ts';
import { FailureMessage } from '../../ui/failure-message.tsx';

/** The staff page has no action bar; its failures stand above the button that caused them. */
export function StaffFailure() {
  const shown = useFailure();
  const own = useMirror((mirror) => mirror.failure);
  // What the graduate's own screen says is told beside it.
  const failure = useSnapshot().screen === 'desk' ? own : shown;
  return failure ? <FailureMessage failure={failure} /> : null;
}
