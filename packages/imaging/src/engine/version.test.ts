import { PHOTO_PROFILES, type PhotoProfile } from '@gradshot/domain';
import { describe, expect, it } from 'vitest';
import { ENGINE_VERSION, recordedVersion } from './version.ts';

const profile: PhotoProfile = PHOTO_PROFILES[0];
const models = { faceMesh: '0123456789ab', personMask: 'ba9876543210' };
const version = recordedVersion(profile, models);

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The value with each of its leaves changed, one at a time, by the leaf's path. */
function* changes(value: Json, path = ''): Generator<[path: string, changed: Json]> {
  if (typeof value === 'number') yield [path, value + 1];
  else if (typeof value === 'string') yield [path, `${value}!`];
  else if (Array.isArray(value)) {
    for (const [index, part] of value.entries()) {
      for (const [at, changed] of changes(part, `${path}.${index}`)) {
        yield [at, value.map((other, i) => (i === index ? changed : other))];
      }
    }
  } else if (value && typeof value === 'object') {
    for (const [key, part] of Object.entries(value)) {
      for (const [at, changed] of changes(part, `${path}.${key}`)) {
        yield [at, { ...value, [key]: changed }];
      }
    }
  }
}

describe('the recorded version', () => {
  it('begins with the engine’s own', () => {
    expect(version).toMatch(new RegExp(`^${ENGINE_VERSION.replaceAll('.', '\\.')}\\+[0-9a-f]{8}$`));
  });

  it('changes with every threshold and every other value of the profile', () => {
    const all = [...changes(profile as unknown as Json)];
    expect(all.length).toBeGreaterThan(60);
    const versions = all.map(([, changed]) =>
      recordedVersion(changed as unknown as PhotoProfile, models),
    );
    expect(new Set([version, ...versions]).size).toBe(all.length + 1);
  });

  it('changes with every model, and with a model that is dropped in', () => {
    const others = [
      { ...models, faceMesh: '0123456789ac' },
      { ...models, personMask: '000000000000' },
      { ...models, matting: '111111111111' },
      { faceMesh: models.faceMesh },
    ].map((changed) => recordedVersion(profile, changed));
    expect(new Set([version, ...others]).size).toBe(5);
  });

  it('does not depend on the order in which models are listed', () => {
    const turned = Object.fromEntries(Object.entries(models).reverse());
    expect(recordedVersion(profile, turned)).toBe(version);
  });
});
