import { type OutputGeometry, PHOTO_PROFILES } from '@gradshot/domain';
import { describe, expect, it } from 'vitest';
import { type FaceAnalysis, MESH, type Point3 } from '../face/face-analysis.ts';
import type { MeasuredFace, MeasuredPhoto } from './measured-photo.ts';
import { poseChecks, shoulderCheck } from './pose-checks.ts';

const [profile] = PHOTO_PROFILES;
const WIDTH = 480;
const HEIGHT = 640;

function face(pose: Partial<Pick<FaceAnalysis, 'rollDeg' | 'yawDeg' | 'pitchDeg'>>): MeasuredFace {
  const points: Point3[] = Array.from({ length: 478 }, (_, i) => ({
    x: 200 + (i % 20),
    y: 200 + Math.floor(i / 20),
    z: 0,
  }));
  points[MESH.chin] = { x: 210, y: 300, z: 0 };
  const eye = { iris: [{ x: 210, y: 220, z: 0 }] };
  const analysis = { rollDeg: 0, yawDeg: 0, pitchDeg: 0, ...pose, points };
  return {
    profile,
    pyramid: { width: WIDTH, height: HEIGHT },
    face: { ...analysis, leftEye: eye, rightEye: eye },
  } as unknown as MeasuredFace;
}

const sayingOf = (measured: MeasuredFace, code: string) =>
  poseChecks(measured).find((check) => check.code === code)?.zh;

describe('a pose is put right from where the graduate stands, left and right being the own ones', () => {
  it.each([
    // the eye at the picture's right is the lower one: the head leans to the person's left
    ['pose.roll', { rollDeg: 5 }, '向右摆正'],
    ['pose.roll', { rollDeg: -5 }, '向左摆正'],
    // the cheek at the picture's right is the farther one: the face looks to the person's left
    ['pose.yaw', { yawDeg: 10 }, '向右转正'],
    ['pose.yaw', { yawDeg: -10 }, '向左转正'],
    // the chin is nearer than the forehead: the face looks up
    ['pose.pitch', { pitchDeg: 15 }, '收下巴'],
    ['pose.pitch', { pitchDeg: -15 }, '抬头'],
  ])('%s, %j', (code, pose, saying) => {
    expect(sayingOf(face(pose), code)).toContain(saying);
  });
});

/** A body whose outline falls by `drop` pixels from the picture's left edge to its right one. */
function shoulders(drop: number): MeasuredPhoto {
  const coverage = new Uint8Array(WIDTH * HEIGHT);
  for (let x = 0; x < WIDTH; x++) {
    const top = Math.round(450 + drop * (x / WIDTH - 0.5));
    for (let y = top; y < HEIGHT; y++) coverage[y * WIDTH + x] = 255;
  }
  const geometry: Partial<OutputGeometry> = { faceCentreX: 240, faceWidth: 180, eyeLineY: 250 };
  return {
    ...face({}),
    frame: { crop: { x: 0, y: 0, width: WIDTH, height: HEIGHT } },
    photo: { coverage, image: { width: WIDTH, height: HEIGHT } },
    geometry,
  } as unknown as MeasuredPhoto;
}

describe('shoulders', () => {
  it.each([
    // lower at the picture's right, where the person's left shoulder is
    [120, 'warn', '右肩偏高'],
    [-120, 'warn', '左肩偏高'],
    [10, 'pass', '符合要求'],
  ])('that fall by %i px: %s', (drop, level, saying) => {
    const check = shoulderCheck(shoulders(drop));
    expect(check).toMatchObject({ level, zh: expect.stringContaining(saying) });
  });
});
