import type { CommandPayload } from '../../shared/index.ts';

/** Why a camera of the page gives no picture, in the words of the error catalogue. */
export type CameraFailure = Exclude<CommandPayload<'camera.report'>['state'], 'ready'>;

/**
 * The failure behind what `getUserMedia` rejected with: a DOMException, or the text that
 * html5-qrcode makes of one.
 */
export function cameraFailure(reason: unknown): CameraFailure {
  const text = reason instanceof Error ? `${reason.name} ${reason.message}` : String(reason);
  if (/NotAllowed|Permission|SecurityError/i.test(text)) return 'camera.denied';
  // AbortError and NotReadableError: the operating system has the device but cannot start it.
  if (/NotReadable|TrackStart|AbortError|in use/i.test(text)) return 'camera.busy';
  return 'camera.notFound';
}
