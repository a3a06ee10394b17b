// @vitest-environment jsdom
import { PHOTO_PROFILES } from '@gradshot/domain';
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { LanguageProvider } from '../../i18n/language.tsx';
import { NormOverlay } from './norm-overlay.tsx';

afterEach(cleanup);

const angles = { rollDeg: 0, yawDeg: 0, pitchDeg: 0 };
const report = {
  accepted: true,
  profile: { id: PHOTO_PROFILES[0].id, version: 1 },
  geometry: { hairTopY: 120.4, eyeLineY: 250, faceWidth: 220, faceCentreX: 240, ...angles },
  checks: [],
  timingsMs: {},
  models: {},
  provider: 'cpu',
  engineVersion: '1',
};
const open = (changes: object) =>
  render(
    <LanguageProvider>
      <NormOverlay report={{ ...report, ...changes }} />
    </LanguageProvider>,
  ).container;

it('writes each measure beside its range and marks the one outside', () => {
  const drawn = open({});
  const labels = [...drawn.querySelectorAll('text')].map((text) => text.textContent);
  expect(labels).toEqual(['发顶 120.4（50–110）', '眼线 250（200–300）', '脸宽 220（180–300）']);
  expect(drawn.querySelectorAll('[data-within="false"] text')).toHaveLength(1);
  expect(drawn.querySelector('[data-within="false"]')?.textContent).toContain('发顶');
});

it('draws nothing for a profile that it does not know', () => {
  expect(open({ profile: { id: 'gone', version: 1 } }).querySelector('svg')).toBeNull();
});
