import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderLicenceTexts, renderNotice } from './notice.ts';
import { ROOT } from './root.ts';
import { renderSbom } from './sbom.ts';
import { SHIPMENTS, type Shipment, shipmentNamed } from './shipments.ts';

export const NOTICE = join(ROOT, 'NOTICE');

/** Where each built shipment carries the licences of others; the server's are in node_modules. */
export const LICENCE_TEXTS = {
  station: 'out/third-party-licences.txt',
  console: 'server/console/dist/third-party-licences.txt',
  'companion-h5': 'miniprogram/dist/h5/third-party-licences.txt',
  'companion-weapp': 'miniprogram/dist/weapp/third-party-licences.txt',
} as const satisfies Partial<Record<Shipment['name'], string>>;

/** After the build of that shipment. */
export function writeLicenceTexts(name: keyof typeof LICENCE_TEXTS): void {
  write(LICENCE_TEXTS[name], renderLicenceTexts(shipmentNamed(name)));
}

/** After all builds: one bill of materials for each shipment. */
export function writeSboms(): void {
  for (const shipment of SHIPMENTS) {
    write(`dist-sbom/${shipment.name}.cdx.json`, renderSbom(shipment));
  }
}

/** After all builds. */
export function writeNotice(): void {
  writeFileSync(NOTICE, renderNotice());
}

function write(path: string, text: string): void {
  const file = join(ROOT, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
