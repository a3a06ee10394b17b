import { createHash, randomUUID } from 'node:crypto';
import type { ReceiptResult } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { PublishingQueue } from '../../ports/ground/job-queue.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OrderRows } from '../../ports/order-life/order-repository.ts';
import type {
  ExportItem,
  PublishingRepository,
  PublishingRows,
} from '../../ports/publishing/publishing-repository.ts';
import type { ReceiptReader } from '../../ports/publishing/receipt-reader.ts';
import { KEYS } from '../rosters/person-fields.ts';
import { inSlices } from '../tables/in-slices.ts';
import { sealReason } from './export-facts.ts';
import { exportNameHash, wrongState } from './export-view.ts';
import { type ReceiptEntry, type ReceiptKey, readReceipt } from './receipt-rows.ts';

type Needs = Stored<PublishingRows & OrderRows> & {
  readonly clock: Clock;
  readonly vault: Vault;
  readonly jobs: PublishingQueue;
};

export type ReceiptFile = {
  readonly exportId: string;
  readonly bytes: Uint8Array;
  /** Only shows. */
  readonly dryRun: boolean;
  readonly receivedAt?: string | undefined;
};

export type Receipts = {
  /**
   * A receipt as a file. What it says twice, in contradiction or about nobody is shown and changes
   * nothing; the same file again is success. Failures: `request.notFound`, `request.tooLarge`,
   * `publishing.wrongState`, `publishing.receiptUnreadable`, `publishing.receiptColumnsMissing`.
   */
  take(caller: StaffCaller, file: ReceiptFile): Promise<Result<ReceiptResult>>;
};

export function createReceipts(environment: Needs, reader: ReceiptReader): Receipts {
  return {
    take: (caller, file) => take(environment, reader, caller, file),
  };
}

const digestOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

async function take(
  environment: Needs,
  reader: ReceiptReader,
  { staffId }: StaffCaller,
  { exportId, bytes, dryRun, receivedAt }: ReceiptFile,
): Promise<Result<ReceiptResult>> {
  const { storage, clock, jobs } = environment;
  const batch = await storage.publishing.find(exportId);
  if (!batch) return fail('request.notFound');
  if (!batch.madeAt) return wrongState(batch);
  const lines = await reader.read(bytes);
  if (!lines.ok) return lines;
  const entries = readReceipt(lines.value);
  if (!entries.ok) return entries;
  const at = receivedAt ? new Date(receivedAt) : clock();
  const fileSha256 = digestOf(bytes);
  const again = (await storage.publishing.findReceipt(exportId, fileSha256)) !== undefined;
  const judged = await judge(environment, exportId, entries.value, at);
  if (dryRun || again) return ok({ ...resultOf(judged), imported: again, again });
  const kept = await keep(
    environment,
    { exportId, fileSha256, receivedAt: at, staffId },
    judged.changes,
  );
  await jobs.publish(exportId);
  return ok({ ...resultOf(judged), imported: true, again: !kept });
}

type Change = {
  readonly entry: ReceiptEntry;
  readonly item: ExportItem;
  readonly accepted: boolean;
};
type ShownRow = ReceiptResult['rows'][number];
type Judged = {
  readonly total: number;
  readonly changes: readonly Change[];
  readonly unchanged: number;
  readonly rows: readonly ShownRow[];
};

const MAX_SHOWN_ROWS = 500;

function resultOf({ total, changes, unchanged, rows }: Judged) {
  return {
    total,
    accepted: changes.filter(({ accepted }) => accepted).length,
    refused: changes.filter(({ accepted }) => !accepted).length,
    unchanged,
    rows: rows.slice(0, MAX_SHOWN_ROWS),
    shown: rows.length,
  };
}

/** What each line of a receipt would do. */
async function judge(
  environment: Needs,
  exportId: string,
  entries: readonly ReceiptEntry[],
  receivedAt: Date,
): Promise<Judged> {
  const { publishing } = environment.storage;
  const find = finderOf(environment.vault, await allItems(publishing, exportId));
  const found = await inSlices(entries, (entry) => ({ entry, match: find(entry) }));
  const byItem = new Map<number, ReceiptEntry[]>();
  for (const { entry, match } of found)
    if (match && match !== 'contradictory')
      byItem.set(match.position, [...(byItem.get(match.position) ?? []), entry]);
  const changes: Change[] = [];
  const rows: ShownRow[] = [];
  let unchanged = 0;
  const show = (entry: ReceiptEntry, kind: ShownRow['kind']) =>
    rows.push({ row: entry.row, key: maskedKey(entry), kind });
  for (const { entry, match } of found) {
    if (!match) show(entry, 'unknown');
    else if (match === 'contradictory') show(entry, 'contradictory');
    else {
      const said = saidElsewhere(entry, byItem.get(match.position) ?? []);
      const kind = said ?? (await standing(environment, match, entry, receivedAt));
      if (kind === 'same') unchanged += 1;
      else if (kind) show(entry, kind);
      if ((!kind || kind === 'changed') && entry.accepted !== undefined)
        changes.push({ entry, item: match, accepted: entry.accepted });
    }
  }
  return { total: entries.length, changes, unchanged, rows };
}

/** A photo that a receipt names more than once is settled by none of its lines. */
function saidElsewhere(
  entry: ReceiptEntry,
  all: readonly ReceiptEntry[],
): 'doubled' | 'contradictory' | 'noOutcome' | undefined {
  if (all.length > 1)
    return all.every(({ accepted }) => accepted === entry.accepted) ? 'doubled' : 'contradictory';
  return entry.accepted === undefined ? 'noOutcome' : undefined;
}

/** Undefined: it is the first that is heard of the photo. */
async function standing(
  { storage }: Needs,
  item: ExportItem,
  { accepted }: ReceiptEntry,
  receivedAt: Date,
): Promise<'same' | 'changed' | 'older' | 'goneOn' | 'notInFiles' | undefined> {
  if (item.part === null) return 'notInFiles';
  if (item.state === 'publishing') return undefined;
  if (item.state === (accepted ? 'accepted' : 'refused')) return 'same';
  if (item.outcomeAt && receivedAt <= item.outcomeAt) return 'older';
  const order = await storage.orders.find(item.orderId);
  const stays = order?.photoId === item.photoId && ['rejected', 'published'].includes(order.state);
  return stays ? 'changed' : 'goneOn';
}

const ITEMS_AT_ONCE = 1000;

async function allItems(publishing: PublishingRepository, exportId: string): Promise<ExportItem[]> {
  const all: ExportItem[] = [];
  for (;;) {
    const items = await publishing.items(exportId, all.at(-1)?.position ?? 0, ITEMS_AT_ONCE);
    all.push(...items);
    if (items.length < ITEMS_AT_ONCE) return all;
  }
}

/** The item that every key of a line names; `contradictory` where they name different ones. */
function finderOf(vault: Vault, items: readonly ExportItem[]) {
  const by: Readonly<Record<ReceiptKey, Map<string, ExportItem>>> = {
    name: new Map(items.map((item) => [item.nameHash, item])),
    SFZH: new Map(items.map((item) => [item.idNumberHash, item])),
    XH: new Map(items.map((item) => [item.studentNumberHash ?? '', item])),
    KSH: new Map(items.map((item) => [item.examineeNumberHash ?? '', item])),
  };
  const hashOf: Readonly<Record<ReceiptKey, (text: string) => string>> = {
    name: (text) => exportNameHash(vault, text),
    SFZH: (text) => vault.pseudonym(KEYS.SFZH(text), 'idNumber'),
    XH: (text) => vault.pseudonym(KEYS.XH(text), 'studentNumber'),
    KSH: (text) => vault.pseudonym(KEYS.KSH(text), 'examineeNumber'),
  };
  return ({ keys }: ReceiptEntry): ExportItem | 'contradictory' | undefined => {
    const named = keys.map((key) => by[key.by].get(hashOf[key.by](key.text)));
    const known = [...new Set(named.filter((item) => item !== undefined))];
    return known.length > 1 ? 'contradictory' : known[0];
  };
}

/** Enough to find the line in the file, too little to know anybody by. */
function maskedKey({ keys }: ReceiptEntry): string {
  const text = (keys[0]?.text ?? '').replace(/\.jpe?g$/i, '');
  return `***${text.slice(-4)}`;
}

type Kept = {
  readonly exportId: string;
  readonly fileSha256: string;
  readonly receivedAt: Date;
  readonly staffId: string;
};

/** False where somebody else has brought the same file meanwhile. */
async function keep(
  { storage, clock, vault }: Needs,
  { exportId, fileSha256, receivedAt, staffId }: Kept,
  changes: readonly Change[],
): Promise<boolean> {
  const id = randomUUID();
  const rows = await inSlices(changes, ({ entry, item, accepted }) => ({
    ...{ receiptId: id, position: item.position, accepted, applied: false },
    reasonSealed: sealReason(vault, item, entry.reason),
  }));
  return storage.transaction(async ({ publishing }) => {
    await publishing.lock(exportId);
    if (await publishing.findReceipt(exportId, fileSha256)) return false;
    const at = clock();
    await publishing.insertReceipt(
      { id, exportId, fileSha256, receivedAt, importedBy: staffId, importedAt: at },
      rows,
    );
    const count = changes.length;
    await publishing.addAct({ exportId, at, staffId, act: 'receipt', count, note: '' });
    return true;
  });
}
