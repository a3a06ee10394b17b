import { expect, it } from 'vitest';
import { anotherShotHelps, MACHINE_CHECK_CODES } from './machine-checks.ts';

it('asks for another shot only for what a person can do otherwise', () => {
  expect(MACHINE_CHECK_CODES.filter((code) => !anotherShotHelps(code))).toEqual([
    'face.count',
    'picture.resolution',
    'picture.compression',
    'picture.recapture',
    'picture.beautified',
    'picture.repeated',
    'light.exposure',
    'light.highlights',
    'light.evenness',
    'light.colourCast',
    'wall.plain',
    'wall.shadow',
    'wall.replaced',
    'clothes.contrast',
    'file.size',
  ]);
});
