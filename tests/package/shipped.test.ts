import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { BUILD_TIMEOUT_MS, ensureClientBuilt } from '../../scripts/setup/companion-build.ts';

import { isAccepted, licenceOf } from '../../scripts/shipped/licences.ts';
import { renderLicenceTexts, renderNotice } from '../../scripts/shipped/notice.ts';
import { ROOT } from '../../scripts/shipped/root.ts';
import { renderSbom } from '../../scripts/shipped/sbom.ts';
import { packagesIn, SHIPMENTS, shipmentNamed } from '../../scripts/shipped/shipments.ts';
import { LICENCE_TEXTS, NOTICE } from '../../scripts/shipped/written-files.ts';

/** What the bundlers recorded comes with the builds: `npm run build`. */
const isBuilt = ['station-renderer', 'console', 'companion-h5'].every((name) =>
  existsSync(join(ROOT, `.cache/bundled/${name}.json`)),
);

const SHIPPED_WITH_TEXTS = ['station', 'console', 'companion-h5', 'companion-weapp'] as const;

const isRuntime = ({ name }: { readonly name: string }) => name === 'onnxruntime-node';

describe('licences', () => {
  test.each([
    'GPL-3.0-only',
    'AGPL-3.0-or-later',
    'MIT AND GPL-2.0-only',
    'LGPL-2.1-only',
    'SSPL-1.0',
  ])('%s is shipped by nobody', (expression) => expect(isAccepted(expression)).toBe(false));

  test('of two that may be chosen from, one acceptable is enough', () => {
    expect(isAccepted('MIT OR GPL-3.0-or-later')).toBe(true);
    expect(isAccepted('Apache-2.0 AND LGPL-3.0-or-later')).toBe(true);
  });

  test('a package that declares none has to be read first', () => {
    const unclear = { name: 'x', version: '1', license: undefined, folder: '', integrity: '' };
    expect(() => licenceOf(unclear)).toThrow('x declares no licence');
  });
});

describe.skipIf(!isBuilt)('what is shipped (needs the builds: npm run build)', () => {
  beforeAll(() => ensureClientBuilt('weapp'), BUILD_TIMEOUT_MS);

  test('NOTICE names all of it; if not: npm run notice', () => {
    expect(readFileSync(NOTICE, 'utf8')).toBe(renderNotice());
  });

  test.each(SHIPMENTS)('$name holds nothing under a licence that is not accepted', (shipment) => {
    const packages = packagesIn(shipment);
    expect(packages.length).toBeGreaterThan(10);
    const refused = packages.filter((one) => !isAccepted(licenceOf(one)));
    expect(refused.map(({ name }) => name)).toEqual([]);
  });

  test('every library under the LGPL is explained', () => {
    const [preface] = readFileSync(NOTICE, 'utf8').split('## Networks');
    const lgpl = SHIPMENTS.flatMap(packagesIn).filter((one) => licenceOf(one).includes('LGPL'));
    const names = new Set(
      lgpl.map(({ name }) => name.replace(/^(@img\/sharp-[a-z]+\d*)-.*/, '$1')),
    );
    expect([...names].sort()).toEqual(['@img/sharp-libvips', '@img/sharp-win32', 'libheif-js']);
    for (const name of names) expect(preface).toContain(`\`${name}`);
  });

  test('the libraries inside ONNX Runtime go out with it, those of the version that is used', () => {
    const texts = readFileSync(join(ROOT, LICENCE_TEXTS.station), 'utf8');
    expect(texts).toContain('pytorch/cpuinfo');
    const [preface] = readFileSync(NOTICE, 'utf8').split('## Networks');
    const [file] = preface?.match(/scripts\/shipped\/texts\/onnxruntime[^`]+/) ?? [];
    const { version } = packagesIn(shipmentNamed('station')).find(isRuntime) ?? {};
    expect(file).toBe(`scripts/shipped/texts/onnxruntime-node-${version}-ThirdPartyNotices.txt`);
    expect(existsSync(join(ROOT, file ?? ''))).toBe(true);
  });

  test.each(SHIPPED_WITH_TEXTS)('%s carries their texts', (name) => {
    const shipment = shipmentNamed(name);
    const file = LICENCE_TEXTS[name];
    const texts = readFileSync(join(ROOT, file), 'utf8');
    expect(texts).toBe(renderLicenceTexts(shipment));
    for (const { name, version, folder } of packagesIn(shipment))
      if (existsSync(join(ROOT, folder))) expect(texts).toContain(`${name} ${version} (`);
  });

  test.each(SHIPMENTS)('the bill of materials of $name lists the same packages', (shipment) => {
    const text = renderSbom(shipment);
    expect(renderSbom(shipment)).toBe(text);
    const bom = JSON.parse(text);
    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    const listed = bom.components.map(({ name, version }: { name: string; version: string }) => [
      name,
      version,
    ]);
    const shipped = packagesIn(shipment).map(({ name, version }) => [name, version]);
    expect(listed.sort()).toEqual(shipped.sort());
  });
});
