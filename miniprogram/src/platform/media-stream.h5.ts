import { type ErrorCode, fail, ok, type Result } from '@gradshot/domain';

/**
 * The rear camera's stream. A phone that answers with its front camera is refused: selfies are not
 * admitted. Cameras that do not say where they look (a tablet on a stand, a webcam) are taken.
 */
export async function openRearCamera(
  size: Pick<MediaTrackConstraints, 'width' | 'height'>,
): Promise<Result<MediaStream>> {
  if (!navigator.mediaDevices?.getUserMedia) return fail('phone.noCamera');
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: 'environment' }, ...size },
    });
    if (stream.getVideoTracks()[0]?.getSettings().facingMode !== 'user') return ok(stream);
    for (const track of stream.getTracks()) track.stop();
    return fail('phone.noRearCamera');
  } catch (error) {
    return fail(codeOf((error as DOMException).name));
  }
}

/** Names of https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia */
function codeOf(name: string): ErrorCode {
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'phone.cameraDenied';
  return name === 'NotReadableError' || name === 'AbortError'
    ? 'phone.cameraBusy'
    : 'phone.noCamera';
}
