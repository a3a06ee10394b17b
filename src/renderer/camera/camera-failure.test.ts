import { expect, it } from 'vitest';
import { cameraFailure } from './camera-failure.ts';

const named = (name: string) => Object.assign(new Error(''), { name });

it.each([
  [named('NotAllowedError'), 'camera.denied'],
  [named('SecurityError'), 'camera.denied'],
  [named('NotReadableError'), 'camera.busy'],
  [named('AbortError'), 'camera.busy'],
  [named('NotFoundError'), 'camera.notFound'],
  [named('OverconstrainedError'), 'camera.notFound'],
  // What html5-qrcode makes of them.
  ['Error getting userMedia, error = NotAllowedError: Permission denied', 'camera.denied'],
  ['Error getting userMedia, error = NotReadableError: Device in use', 'camera.busy'],
  ['Error getting userMedia, error = NotFoundError: Requested device not found', 'camera.notFound'],
  [undefined, 'camera.notFound'],
])('%s is %s', (reason, code) => {
  expect(cameraFailure(reason)).toBe(code);
});
