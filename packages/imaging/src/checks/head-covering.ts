import type { CheckResult } from '@gradshot/domain';
import { MESH } from '../face/face-analysis.ts';
import { chroma, hueDeg, type Lab, toLab } from './colour-space.ts';
import type { MeasuredPhoto } from './measured-photo.ts';
import { hintIn } from './photo-hints.ts';
import { holdBelow } from './verdict.ts';

/** Hair, dyed brown or blond too, is less coloured than this, or lies between these hues. */
const MAX_HAIR_CHROMA = 22;
const HAIR_HUES = [15, 100] as const;
/** Hardly any hair is redder or yellower than this at all. */
const MAX_WARM_CHROMA = 48;

/**
 * Share of the head above the forehead that has a colour no hair has. It finds coloured hats,
 * scarves and hairbands; a black cap looks like black hair to it, so the operator looks as well.
 */
export function headCoveringCheck(measured: MeasuredPhoto): CheckResult {
  return holdBelow(
    'head.covering',
    unlikeHair(measured),
    measured.profile.thresholds.headCovering,
    {
      problem: 'removeHat',
      hint: hintIn(measured, 'aboveForehead'),
    },
  );
}

function unlikeHair({ matte, geometry, profile, face, frame }: MeasuredPhoto): number | null {
  const { grid } = matte;
  const cells = grid.width / profile.width;
  const foreheadY =
    (face.points[MESH.foreheadTop]!.y - frame.crop.y) * (profile.height / frame.crop.height);
  const left = Math.round((geometry.faceCentreX - geometry.faceWidth / 2) * cells);
  const right = Math.round((geometry.faceCentreX + geometry.faceWidth / 2) * cells);
  let unlike = 0;
  let all = 0;
  for (let y = Math.round(geometry.hairTopY * cells); y < foreheadY * cells; y++) {
    for (let x = left; x < right; x++) {
      const i = y * grid.width + x;
      if (!(grid.prior[i]! > 0.9)) continue;
      const { colour } = grid;
      const lab = toLab(colour[3 * i]! * 255, colour[3 * i + 1]! * 255, colour[3 * i + 2]! * 255);
      all++;
      if (!mayBeHair(lab)) unlike++;
    }
  }
  return all === 0 ? null : unlike / all;
}

function mayBeHair(colour: Lab): boolean {
  const strength = chroma(colour);
  if (strength < MAX_HAIR_CHROMA) return true;
  const hue = hueDeg(colour);
  return strength < MAX_WARM_CHROMA && hue > HAIR_HUES[0] && hue < HAIR_HUES[1];
}
