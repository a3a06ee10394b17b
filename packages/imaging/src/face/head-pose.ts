import { type HeadPose, MESH, type Point3 } from './face-analysis.ts';

/**
 * The mesh puts the chin of a frontal face this much farther back than the forehead: the median over the
 * frontal portraits of the study, degrees.
 */
const FRONTAL_PITCH = 9;

const DEGREES = 180 / Math.PI;

/**
 * Head pose from a rigid frame on forehead top, chin and the two cheek edges. Yaw jitters by about
 * ±1.7° with the crop, so a limit below that measures noise.
 */
export function headPose(points: readonly Point3[]): HeadPose {
  const down = unit(subtract(points[MESH.chin]!, points[MESH.foreheadTop]!));
  const across = unit(subtract(points[MESH.rightCheekEdge]!, points[MESH.leftCheekEdge]!));
  const forward = unit(cross(across, down));
  // The cheeks' line is only nearly at right angles to the face's; this makes the frame exact.
  const right = cross(down, forward);
  const leftEye = points[MESH.leftEyeOuter]!;
  const rightEye = points[MESH.rightEyeOuter]!;
  return {
    rollDeg: Math.atan2(rightEye.y - leftEye.y, rightEye.x - leftEye.x) * DEGREES,
    yawDeg: Math.atan2(right.z, right.x) * DEGREES,
    pitchDeg: FRONTAL_PITCH - Math.atan2(down.z, down.y) * DEGREES,
  };
}

function subtract(a: Point3, b: Point3): Point3 {
  return { x: a.x - b.x, y: a.y - b.y, z: a.z - b.z };
}

function cross(a: Point3, b: Point3): Point3 {
  return { x: a.y * b.z - a.z * b.y, y: a.z * b.x - a.x * b.z, z: a.x * b.y - a.y * b.x };
}

function unit(v: Point3): Point3 {
  const length = Math.hypot(v.x, v.y, v.z);
  return { x: v.x / length, y: v.y / length, z: v.z / length };
}
