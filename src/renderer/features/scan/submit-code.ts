import { send, useMirror } from '../../state/station-store.ts';

/** Hands what was read to the core; while one code is being resolved, others are let pass. */
export function submitCode(payload: string, source: 'camera' | 'scanner'): boolean {
  const { running, snapshot } = useMirror.getState();
  if (running > 0 || snapshot?.busy || payload.trim() === '') return false;
  void send('session.submitCode', { payload: payload.trim(), source });
  return true;
}
