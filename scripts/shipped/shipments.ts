import { type Bundle, bundledFolders } from './bundle-record.ts';
import { type LockedPackage, lockedPackage, productionPackages } from './lock-packages.ts';

/** One thing that is handed out, with the packages of others inside it. */
export type Shipment = {
  readonly name: 'station' | 'server' | 'console' | 'companion-h5' | 'companion-weapp';
  readonly title: string;
  /** The workspace whose installed dependencies it runs with, if any. */
  readonly installed?: { readonly folder: string; readonly through: boolean };
  /** Handed out with it without being its dependency at run time. */
  readonly beside?: readonly string[];
  readonly bundles: readonly Bundle[];
};

export const SHIPMENTS: readonly Shipment[] = [
  {
    name: 'station',
    title: 'The station (packages for Linux and Windows)',
    installed: { folder: '', through: false },
    // The networks are made from the last two.
    beside: [
      'node_modules/electron',
      'node_modules/@vladmandic/human',
      'node_modules/@mediapipe/selfie_segmentation',
    ],
    bundles: ['station-main', 'station-preload', 'station-renderer', 'browser-bridge'],
  },
  {
    name: 'server',
    title: 'The server',
    installed: { folder: 'server', through: true },
    bundles: [],
  },
  { name: 'console', title: 'The staff console', bundles: ['console'] },
  { name: 'companion-h5', title: 'The companion client as H5', bundles: ['companion-h5'] },
  {
    name: 'companion-weapp',
    title: 'The companion client as WeChat mini-program',
    bundles: ['companion-weapp'],
  },
];

export function shipmentNamed(name: Shipment['name']): Shipment {
  const found = SHIPMENTS.find((one) => one.name === name);
  if (!found) throw new Error(`nothing is shipped as ${name}`);
  return found;
}

/** What others wrote and this shipment holds, by name and version. Its bundles must be built. */
export function packagesIn(shipment: Shipment): readonly LockedPackage[] {
  const { installed, beside = [], bundles } = shipment;
  const found = [
    ...(installed ? productionPackages(installed.folder, installed) : []),
    ...[...beside, ...bundles.flatMap(bundledFolders)].map(lockedPackage),
  ];
  const byIdentity = new Map(found.map((one) => [`${one.name}@${one.version}`, one]));
  return [...byIdentity.keys()].sort().flatMap((key) => byIdentity.get(key) ?? []);
}
