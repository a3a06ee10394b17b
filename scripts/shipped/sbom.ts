import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import product from '../../package.json' with { type: 'json' };
import { licenceOf } from './licences.ts';
import type { LockedPackage } from './lock-packages.ts';
import { packagesIn, type Shipment } from './shipments.ts';

/** A bill of materials in CycloneDX 1.6: the same for the same lock file and bundles, so no time in it. */
export function renderSbom(shipment: Shipment): string {
  const bom = new Models.Bom();
  bom.metadata.component = new Models.Component(
    Enums.ComponentType.Application,
    `gradshot-${shipment.name}`,
    { version: product.version, bomRef: `gradshot-${shipment.name}` },
  );
  for (const one of packagesIn(shipment)) bom.components.add(component(one));
  const serializer = new Serialize.JsonSerializer(
    new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6),
  );
  return `${serializer.serialize(bom, { sortLists: true, space: 1 })}\n`;
}

function component(one: LockedPackage): Models.Component {
  const purl = `pkg:npm/${one.name.replace(/^@/, '%40')}@${one.version}`;
  return new Models.Component(Enums.ComponentType.Library, one.name, {
    version: one.version,
    purl,
    bomRef: purl,
    licenses: new Models.LicenseRepository([new Models.LicenseExpression(licenceOf(one))]),
    hashes: new Models.HashDictionary(digests(one)),
  });
}

/** npm writes digests as `sha512-<base64>`. */
function digests({ integrity }: LockedPackage): [Enums.HashAlgorithm, string][] {
  const base64 = /^sha512-(.+)$/.exec(integrity ?? '')?.[1];
  return base64
    ? [[Enums.HashAlgorithm['SHA-512'], Buffer.from(base64, 'base64').toString('hex')]]
    : [];
}
