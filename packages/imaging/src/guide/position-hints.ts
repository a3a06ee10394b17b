import type { GuideHint, PhotoProfile } from '@gradshot/domain';
import { placeSubject } from '../composition/placement.ts';
import type { Subject } from '../composition/subject.ts';
import { FAULT_HINTS, GUIDE_HINTS } from './guide-sentences.ts';

type Size = { readonly width: number; readonly height: number };

/** Off the frame's middle by more than this share of its width, a step aside is advised. */
const OFF_CENTRE = 0.09;
/**
 * When the photo would use less than this share of the frame's height, a step closer is advised:
 * the camera's picture has pixels enough, but a webcam's has not.
 */
const FRAME_USE = 0.55;

/** Where to stand. A position from which no photo can be composed blocks; the rest is advice. */
export function positionHints(subject: Subject, frame: Size, profile: PhotoProfile): GuideHint[] {
  const placed = placeSubject(subject, frame, profile);
  if (!placed.ok) {
    const hint = placed.fault === 'offCentre' ? aside(subject, frame) : FAULT_HINTS[placed.fault];
    return [{ ...hint, weight: 'blocks' }];
  }
  const corrections: GuideHint[] = [];
  const usedHeight = profile.height / placed.placement.scale;
  if (usedHeight < FRAME_USE * frame.height)
    corrections.push({ ...GUIDE_HINTS.closer, weight: 'corrects' });
  const offset = Math.abs(subject.faceCentreX / frame.width - 0.5);
  if (offset > OFF_CENTRE) corrections.push({ ...aside(subject, frame), weight: 'corrects' });
  return corrections;
}

/** The frame is not mirrored: its left half is the person's right. */
function aside({ faceCentreX }: Subject, frame: Size) {
  return faceCentreX < frame.width / 2 ? GUIDE_HINTS.moveLeft : GUIDE_HINTS.moveRight;
}
