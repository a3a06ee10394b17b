import type { StandardizationReport } from '@gradshot/domain';
import { type MachineCheckCode, REJECTION_REASONS, type RejectionCode } from '@gradshot/domain';

/** The reason that a failed measurement speaks for; a person decides whether it holds. */
const REASON_OF_CHECK: Readonly<Record<MachineCheckCode, RejectionCode | null>> = {
  // Somebody else may be in the picture or the wrong one: no measurement tells which.
  'face.count': null,
  'pose.roll': 'tiltedHead',
  'pose.yaw': 'tiltedHead',
  'pose.pitch': 'tiltedHead',
  'pose.shoulders': 'unevenShoulders',
  'eyes.open': 'eyesClosed',
  'eyes.sunglasses': 'tintedGlasses',
  'eyes.hair': 'hairOverFace',
  'mouth.closed': 'teethShowing',
  'expression.neutral': 'expression',
  'head.covering': 'jewellery',
  'frame.head': 'composition',
  'frame.shoulders': 'composition',
  'frame.hairTop': 'composition',
  'frame.eyeLine': 'composition',
  'frame.faceWidth': 'composition',
  'frame.centre': 'composition',
  'picture.sharpness': 'blurred',
  'picture.resolution': 'blurred',
  'picture.compression': 'recaptured',
  'picture.recapture': 'recaptured',
  'picture.beautified': 'retouched',
  'picture.repeated': 'sameAsRejected',
  'light.exposure': 'tooDark',
  'light.colourCast': 'tooDark',
  'light.highlights': 'highlights',
  'light.evenness': 'halfDarkFace',
  'wall.plain': 'wall',
  'wall.shadow': 'wall',
  'wall.replaced': 'retouched',
  'clothes.blue': 'blueClothes',
  'clothes.contrast': 'unsuitableClothes',
  // The software's own work.
  'file.size': null,
};

const reasonsOfRequirement = (requirement: string): RejectionCode[] =>
  REJECTION_REASONS.filter((reason) => reason.requirement === requirement).map(({ code }) => code);

/** Reasons to look at first: what a check found and what the reviewer marked as not kept. */
export function suggestedReasons(
  checks: StandardizationReport['checks'],
  flagged: ReadonlySet<string>,
): ReadonlySet<RejectionCode> {
  const found = checks
    .filter(({ level }) => level !== 'pass')
    .flatMap(({ code }) => REASON_OF_CHECK[code as MachineCheckCode] ?? []);
  return new Set([...found, ...[...flagged].flatMap(reasonsOfRequirement)]);
}

/** Reasons that follow from the reviewer's marks alone: where a mark leaves no choice. */
export function impliedReasons(flagged: ReadonlySet<string>): readonly RejectionCode[] {
  return [...flagged].flatMap((requirement) => {
    const reasons = reasonsOfRequirement(requirement);
    return reasons.length === 1 ? reasons : [];
  });
}
