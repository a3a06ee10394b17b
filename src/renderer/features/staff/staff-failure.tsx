import { useFailure } from '../../state/station-store.ts';
import { FailureMessage } from '../../ui/failure-message.tsx';

/** The staff page has no action bar; its failures stand above the button that caused them. */
export function StaffFailure() {
  const failure = useFailure();
  return failure ? <FailureMessage failure={failure} /> : null;
}
