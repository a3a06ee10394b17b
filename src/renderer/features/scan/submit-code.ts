import type { CodePayload } from '@gradshot/domain';
import type { CommandPayload } from '../../../shared/index.ts';
import { send, useMirror } from '../../state/station-store.ts';

/** Hands the code before the camera to the core. */
export function submitSeen(code: CodePayload): void {
  void submit({ codes: [code], source: 'camera' });
}

/** The same for what a hand scanner read, to the last blank; one that types tells text alone. */
export function submitScanned(code: CodePayload): void {
  if ('payloadBase64' in code) void submit({ codes: [code], source: 'scanner' });
  else if (code.payload.trim() !== '') void submit({ payload: code.payload, source: 'scanner' });
}

/** Nobody presents a code twice because a page took that long to open. */
const PATIENCE_MS = 3000;
let underWay = false;

/** While one code is being looked up, others are let pass. */
async function submit(code: CommandPayload<'session.submitCode'>): Promise<void> {
  if (underWay || useMirror.getState().snapshot?.busy) return;
  underWay = true;
  try {
    if (await isIdle()) await send('session.submitCode', code);
  } finally {
    underWay = false;
  }
}

/** A scanner is quicker than the answer that the page before still waits for: its code is not lost. */
function isIdle(): Promise<boolean> {
  if (useMirror.getState().running === 0) return Promise.resolve(true);
  return new Promise((resolve) => {
    const settle = (idle: boolean) => {
      clearTimeout(timer);
      unsubscribe();
      resolve(idle);
    };
    const timer = setTimeout(() => settle(false), PATIENCE_MS);
    const unsubscribe = useMirror.subscribe(({ running }) => {
      if (running === 0) settle(true);
    });
  });
}
