import { setImmediate as othersTurn } from 'node:timers/promises';
import type { RosterDraft as DraftView } from '@gradshot/contract';
import { type ErrorCode, errorSentence, isErrorCode, type RosterColumn } from '@gradshot/domain';
import type { Vault } from '../../ports/ground/vault.ts';
import type {
  DraftCounts,
  PortionCounts,
  RosterDraft,
  RosterDraftRepository,
} from '../../ports/rosters/draft-repository.ts';
import type { JudgedRow, SheetSummary } from '../../ports/rosters/roster-sheets.ts';

/** What is told of an upload apart from its rows. */
export type DraftAbout = {
  readonly fileName: string;
  readonly sheets: readonly SheetSummary[];
};

type Portions = Pick<RosterDraftRepository, 'portion' | 'portionCounts'>;
type DraftKey = Pick<RosterDraft, 'id' | 'generation'>;

export const sealAbout = (vault: Vault, id: string, about: DraftAbout): Uint8Array =>
  vault.seal(JSON.stringify(about), `rosterDrafts:${id}`);

export const openAbout = (
  vault: Vault,
  { id, sealed }: Pick<RosterDraft, 'id' | 'sealed'>,
): DraftAbout => JSON.parse(vault.open(sealed, `rosterDrafts:${id}`)) as DraftAbout;

const placeOf = ({ id, generation }: DraftKey, position: number) =>
  `rosterDraftPortions:${id}:${generation}:${position}`;

export const sealPortion = (vault: Vault, key: DraftKey, position: number, text: string) =>
  vault.seal(text, placeOf(key, position));

/** JSON of a portion's rows; undefined once it was forgotten. */
export async function portionText(
  vault: Vault,
  portions: Portions,
  key: DraftKey,
  position: number,
): Promise<string | undefined> {
  const portion = await portions.portion(key, position);
  return portion && vault.open(portion.sealed, placeOf(key, position));
}

export async function portionRows(
  vault: Vault,
  portions: Portions,
  key: DraftKey,
  position: number,
): Promise<JudgedRow[]> {
  const text = await portionText(vault, portions, key, position);
  return text === undefined ? [] : (JSON.parse(text) as JudgedRow[]);
}

/** Every portion in order; others have their turn between two. */
export async function* portionTexts(
  vault: Vault,
  portions: Portions,
  key: DraftKey,
  counts: readonly PortionCounts[],
): AsyncGenerator<string> {
  for (const { position } of counts) {
    await othersTurn();
    const text = await portionText(vault, portions, key, position);
    if (text !== undefined) yield text;
  }
}

export function sumOf(portions: readonly DraftCounts[]): DraftCounts {
  const sum = { good: 0, bad: 0, aside: 0, added: 0, changed: 0, unchanged: 0 };
  for (const portion of portions)
    for (const key of Object.keys(sum) as (keyof DraftCounts)[]) sum[key] += portion[key];
  return sum;
}

const sentenceOf = (code: ErrorCode) => ({
  zh: errorSentence({ code }, 'zh'),
  en: errorSentence({ code }, 'en'),
});

export function viewOf(
  vault: Vault,
  draft: RosterDraft,
  portions: readonly PortionCounts[],
): DraftView {
  const { fileName, sheets } = openAbout(vault, draft);
  const { failure } = draft;
  return {
    draftId: draft.id,
    batchId: draft.batchId,
    fileName,
    state: draft.state,
    ...(failure && isErrorCode(failure) ? { failure: sentenceOf(failure) } : {}),
    done: draft.done,
    ...(draft.total === null ? {} : { total: draft.total }),
    sheets: sheets.map((sheet) => ({
      ...sheet,
      hiddenRows: [...sheet.hiddenRows],
      plan: { ...sheet.plan, columns: [...sheet.plan.columns] },
      columns: sheet.columns.map((column) => ({ ...column, samples: [...column.samples] })),
      missing: sheet.missing as Extract<RosterColumn, 'XH' | 'XM' | 'SFZH'>[],
    })),
    counts: { ...sumOf(portions), empty: sheets.reduce((sum, { empty }) => sum + empty, 0) },
    ...(draft.importId ? { importId: draft.importId } : {}),
    expiresAt: draft.expiresAt.toISOString(),
  };
}
