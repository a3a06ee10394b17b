import { fail, ok } from '@gradshot/domain';
import { expect, test } from 'vitest';
import { arrivalCodeOf } from './arrival-code.ts';

const scanned = (...payloads: string[]) =>
  arrivalCodeOf(ok({ codes: payloads.map((payload) => ({ payload })) }));

test('a station’s code is told from a 采集码', () => {
  const address = 'https://photo.school.example/h5/#/pages/arrival/index?code=';
  expect(scanned('CHSI-1', `${address}AbC_-1.k3x.0f9e`)).toBe('AbC_-1.k3x.0f9e');
  for (const other of ['CHSI-1', `${address}`, `${address}a b`, `${address}${'x'.repeat(200)}`])
    expect(scanned(other)).toBeUndefined();
  expect(arrivalCodeOf(ok(null))).toBeUndefined();
  expect(arrivalCodeOf(fail('code.unreadable'))).toBeUndefined();
  expect(arrivalCodeOf(ok({ codes: [{ payloadBase64: 'AAAA' }] }))).toBeUndefined();
});
