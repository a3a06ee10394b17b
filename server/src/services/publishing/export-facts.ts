import type { Vault } from '../../ports/ground/vault.ts';
import type { ExportItem } from '../../ports/publishing/publishing-repository.ts';

/** What is recorded of one photo of a batch: enough to write archives and manifest again. */
export type ExportFacts = {
  /** In the archive, with its ending. */
  readonly name: string;
  readonly XM: string;
  readonly SFZH: string;
  readonly XH: string;
  readonly KSH: string;
  readonly level: string;
  readonly major: string;
};

type Place = Pick<ExportItem, 'exportId' | 'position'>;

const contextOf = ({ exportId, position }: Place) => `exportItems:${exportId}:${position}`;

export function sealFacts(vault: Vault, place: Place, facts: ExportFacts): Uint8Array {
  return vault.seal(JSON.stringify(facts), contextOf(place));
}

export function openFacts(vault: Vault, item: Place & Pick<ExportItem, 'sealed'>): ExportFacts {
  return JSON.parse(vault.open(item.sealed, contextOf(item))) as ExportFacts;
}

/** Words about one photo's refusal, sealed with the item that they are about. */
const reasonContext = (place: Place) => `exportItems.reason:${place.exportId}:${place.position}`;

export const sealReason = (vault: Vault, place: Place, reason: string): Uint8Array =>
  vault.seal(reason, reasonContext(place));

export const openReason = (vault: Vault, place: Place, sealed: Uint8Array): string =>
  vault.open(sealed, reasonContext(place));

/** The note of whoever asked for a batch. */
const noteContext = (exportId: string) => `exportBatches.note:${exportId}`;

export const sealNote = (vault: Vault, exportId: string, note: string): Uint8Array =>
  vault.seal(note, noteContext(exportId));

export const openNote = (vault: Vault, exportId: string, sealed: Uint8Array): string =>
  vault.open(sealed, noteContext(exportId));
