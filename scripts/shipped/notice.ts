import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { licenceTextOf } from './licence-texts.ts';
import { licenceOf } from './licences.ts';
import { ROOT } from './root.ts';
import { packagesIn, SHIPMENTS, type Shipment } from './shipments.ts';

const RULE = '-'.repeat(78);

/** What is written by hand: libraries inside packages, and what their licences ask for. */
const PREFACE = join(import.meta.dirname, 'preface.md');

const modelsSchema = z.object({
  models: z.array(z.object({ file: z.string(), licence: z.string(), origin: z.string() })),
});

/** The whole NOTICE of the repository. Every bundle must have been built. */
export function renderNotice(): string {
  const preface = readFileSync(PREFACE, 'utf8').trim();
  return `${[preface, networks(), ...SHIPMENTS.map(packageTable)].join('\n\n')}\n`;
}

function networks(): string {
  const { models } = modelsSchema.parse(
    JSON.parse(readFileSync(join(ROOT, 'resources/models/manifest.json'), 'utf8')),
  );
  const rows = models.map(
    ({ file, licence, origin }) => `- ${file}: ${licence}\n  ${origin.replace(/^npm:/, 'from ')}`,
  );
  return `## Networks (station and server)\n\n${rows.join('\n')}`;
}

function packageTable(shipment: Shipment): string {
  const rows = packagesIn(shipment).map((one) => `- ${one.name} ${one.version}: ${licenceOf(one)}`);
  return `## ${shipment.title}\n\n${rows.join('\n')}`;
}

/** The licence texts that go with one shipment, each once, under the packages that it is for. */
export function renderLicenceTexts(shipment: Shipment): string {
  const users = new Map<string, string[]>();
  for (const one of packagesIn(shipment)) {
    const text = licenceTextOf(one);
    if (text === undefined) continue;
    users.set(text, [...(users.get(text) ?? []), `${one.name} ${one.version} (${licenceOf(one)})`]);
  }
  const parts = [...users].map(
    ([text, names]) => `${RULE}\n${names.join('\n')}\n${RULE}\n\n${text}`,
  );
  return `Licences of the packages in: ${shipment.title}\n\n${parts.join('\n\n')}\n`;
}
