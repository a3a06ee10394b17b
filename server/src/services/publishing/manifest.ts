import { glossary } from '@gradshot/domain';
import type { ExportItem } from '../../ports/publishing/publishing-repository.ts';
import { csvFile } from '../tables/csv-file.ts';
import type { ExportFacts } from './export-facts.ts';

/** One line of the list that goes with the archives. */
export type ManifestRow = Pick<ExportItem, 'bytes' | 'sha256'> &
  ExportFacts & { readonly archive: string };

const HEADER = [
  '序号',
  glossary.exportFileName.zh,
  glossary.exportArchive.zh,
  glossary.studentNumber.zh,
  glossary.examineeNumber.zh,
  glossary.personName.zh,
  glossary.idCardNumber.zh,
  glossary.level.zh,
  glossary.major.zh,
  '字节数',
  'SHA-256',
];

/** The manifest as a table of text, the header first; the same rows make the same table. */
export function manifestTable(rows: readonly ManifestRow[]): string[][] {
  return [
    [...HEADER],
    ...rows.map((row, index) => [
      String(index + 1),
      ...[row.name, row.archive, row.XH, row.KSH, row.XM, row.SFZH, row.level, row.major],
      ...[String(row.bytes), row.sha256],
    ]),
  ];
}

export const manifestCsv = (table: readonly (readonly string[])[]): Buffer =>
  csvFile(table.map((cells) => cells.map(unrounded)));

/** A tab behind it keeps a long number from being rounded by a spreadsheet, and is trimmed by portals. */
const unrounded = (text: string) => (/^\d{12,}$/.test(text) ? `${text}\t` : text);

/** In the form that `sha256sum -c` takes. */
export function checksums(
  files: readonly { readonly name: string; readonly sha256: string }[],
): Buffer {
  return Buffer.from(files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join(''));
}
