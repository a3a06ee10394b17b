import type { CodePayload } from '@gradshot/domain';
import { send, useMirror } from '../../state/station-store.ts';

/** Hands the code before the camera to the core; while one is being resolved, others are let pass. */
export function submitSeen(code: CodePayload): void {
  if (!isBusy()) void send('session.submitCode', { codes: [code], source: 'camera' });
}

/** The same for what a hand scanner typed, to the last blank: it tells text alone. */
export function submitScanned(payload: string): void {
  if (!isBusy() && payload.trim() !== '')
    void send('session.submitCode', { payload, source: 'scanner' });
}

function isBusy(): boolean {
  const { running, snapshot } = useMirror.getState();
  return running > 0 || snapshot?.busy === true;
}
