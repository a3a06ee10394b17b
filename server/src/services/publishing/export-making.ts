import type { Actor, OrderEvent } from '@gradshot/domain';
import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { PublishingQueue } from '../../ports/ground/job-queue.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OrderRecord } from '../../ports/order-life/order-repository.ts';
import type { PhotoObjects } from '../../ports/photos/photo-objects.ts';
import type { PhotoRows } from '../../ports/photos/photo-repository.ts';
import type {
  ExportItem,
  ExportRecord,
  PublishingRows,
} from '../../ports/publishing/publishing-repository.ts';
import type { SheetWriter } from '../../ports/publishing/sheet-writer.ts';
import { applyOrderEvent, type OrderChangeRows } from '../order-life/order-events.ts';
import { inSlices } from '../tables/in-slices.ts';
import { partsOf, zipBytes } from './archive-parts.ts';
import { openFacts } from './export-facts.ts';
import { keepFile } from './export-files.ts';
import { checksums, manifestCsv, manifestTable } from './manifest.ts';

type Rows = OrderChangeRows & PhotoRows & PublishingRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly objects: PhotoObjects;
  readonly vault: Vault;
  readonly jobs: PublishingQueue;
};

const DAY_MS = 24 * 60 * 60_000;
/** Long enough to hand the files over and to look once more when a receipt comes. */
export const FILES_KEPT_DAYS = 30;
/** Orders of one transaction: requests come between them, and the school's feed is not held for long. */
const ORDERS_AT_ONCE = 20;
const ITEMS_AT_ONCE = 100;

export type ExportMaking = {
  /** Does what is due about a batch: makes it, or gives its orders back. Repeating is harmless. */
  run(exportId: string, lastTry: boolean): Promise<void>;
  /** Batches whose job was lost. */
  queueAgain(limit: number): Promise<void>;
};

export function createExportMaking(environment: Needs, sheets: SheetWriter): ExportMaking {
  const { storage, jobs, log } = environment;
  return {
    async run(exportId, lastTry) {
      try {
        await work(environment, sheets, exportId);
      } catch (error) {
        log.error({ err: error, exportId }, 'an export batch waits to be made');
        if (lastTry) await storage.publishing.update(exportId, { trouble: true });
        throw error;
      }
    },
    async queueAgain(limit) {
      for (const exportId of await storage.publishing.unfinished(limit))
        await jobs.publish(exportId);
    },
  };
}

async function work(environment: Needs, sheets: SheetWriter, exportId: string): Promise<void> {
  const state = await stateOf(environment, exportId);
  if (state === 'making') {
    await takeAlong(environment, exportId);
    if (await writeFiles(environment, sheets, exportId)) await finish(environment, exportId);
  }
  // It may have been cancelled while it was made.
  if ((await stateOf(environment, exportId)) === 'cancelling')
    await giveBack(environment, exportId);
}

async function stateOf({ storage }: Needs, exportId: string) {
  return (await storage.publishing.find(exportId))?.state;
}

/** Goes through a batch's items of one state in short transactions, while the batch is at `state`. */
async function eachItem(
  { storage }: Needs,
  exportId: string,
  { while: state, of }: { readonly while: ExportRecord['state']; readonly of: ExportItem['state'] },
  one: (repositories: Rows, item: ExportItem, batch: ExportRecord) => Promise<void>,
): Promise<void> {
  for (;;) {
    const left = await storage.transaction(async (repositories) => {
      const { publishing } = repositories;
      const batch = await publishing.lock(exportId);
      if (batch?.state !== state) return false;
      const items = await publishing.items(exportId, 0, ORDERS_AT_ONCE, [of]);
      for (const item of items) await one(repositories, item, batch);
      await publishing.update(exportId, { done: batch.done + items.length });
      return items.length > 0;
    });
    if (!left) return;
  }
}

/** Each order that still stands as it was chosen becomes 上网中, together with its place in the batch. */
async function takeAlong(environment: Needs, exportId: string): Promise<void> {
  const going = { while: 'making', of: 'waiting' } as const;
  await eachItem(environment, exportId, going, async (repositories, item, batch) => {
    const { publishing, orders, photos } = repositories;
    const place = [exportId, item.position] as const;
    const order = await orders.lock(item.orderId);
    const photo = await photos.find(item.photoId);
    const there = !photo?.erasedAt && (await environment.objects.has(item.sha256));
    const moved =
      there &&
      order?.photoId === item.photoId &&
      (await move(environment, repositories, order, 'startPublishing', batch));
    if (!moved) return publishing.updateItem(...place, { state: 'dropped', open: false });
    await publishing.updateItem(...place, { state: 'publishing' });
    await photos.logAccess({
      ...{ at: environment.clock(), caller: 'staff', callerId: batch.approvedBy },
      ...{ action: 'export', orderId: item.orderId, photoId: item.photoId },
    });
  });
}

/** Before anybody downloaded it: its orders are 采集完成 as before. */
async function giveBack(environment: Needs, exportId: string): Promise<void> {
  const { storage } = environment;
  await storage.publishing.giveUpWaiting(exportId);
  const going = { while: 'cancelling', of: 'publishing' } as const;
  await eachItem(environment, exportId, going, async (repositories, item, batch) => {
    const order = await repositories.orders.lock(item.orderId);
    if (order?.photoId === item.photoId)
      await move(environment, repositories, order, 'failPublishing', batch);
    const back = { state: 'givenBack', open: false } as const;
    await repositories.publishing.updateItem(exportId, item.position, back);
  });
  await storage.publishing.dropChunks(exportId);
  await storage.publishing.update(exportId, { state: 'cancelled', trouble: false });
}

/** False where the order's state does not allow it. */
async function move(
  { clock }: Needs,
  repositories: Rows,
  order: OrderRecord,
  event: OrderEvent,
  batch: ExportRecord,
): Promise<boolean> {
  const actor: Actor = 'server';
  const moved = await applyOrderEvent(repositories, order, {
    ...{ event, actor, actorId: batch.approvedBy, at: clock() },
    details: { exportId: batch.id },
  });
  return moved.ok;
}

/** All items that are in the files, in their order. */
async function* inFiles(
  { storage }: Needs,
  exportId: string,
  part?: number,
): AsyncGenerator<ExportItem> {
  const states = ['publishing', 'accepted', 'refused'] as const;
  let after = 0;
  for (;;) {
    const items = await storage.publishing.items(exportId, after, ITEMS_AT_ONCE, states, part);
    yield* items;
    const last = items.at(-1);
    if (!last) return;
    after = last.position;
  }
}

/** False when it was cancelled meanwhile. */
async function writeFiles(
  environment: Needs,
  sheets: SheetWriter,
  exportId: string,
): Promise<boolean> {
  const batch = await environment.storage.publishing.find(exportId);
  if (batch?.state !== 'making') return false;
  const parts = await assignParts(environment, batch);
  const files: Written[] = [];
  for (let part = 1; part <= parts; part += 1) {
    const archive = { name: archiveName(batch.number, part, parts), place: part };
    const photos = await countOf(inFiles(environment, exportId, part));
    const bytes = zipBytes(photosOf(environment, exportId, part));
    const written = await write(environment, exportId, { ...archive, photos }, bytes);
    if (!written) return false;
    files.push(written);
  }
  return writeManifests(environment, sheets, { exportId, number: batch.number, parts }, files);
}

const archiveName = (number: number, part: number, parts: number) =>
  parts === 1 ? `photos-${number}.zip` : `photos-${number}-${part}-of-${parts}.zip`;

async function countOf(items: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of items) count += 1;
  return count;
}

/** Once for all: what was recorded of an earlier making stands. Returns how many parts there are. */
async function assignParts(environment: Needs, batch: ExportRecord): Promise<number> {
  const items: ExportItem[] = [];
  for await (const item of inFiles(environment, batch.id)) items.push(item);
  const known = items.every(({ part }) => part !== null);
  if (known) return items.reduce((most, { part }) => Math.max(most, part ?? 0), 0);
  const sized = await inSlices(items, (item) => ({
    name: openFacts(environment.vault, item).name,
    bytes: item.bytes,
  }));
  const parts = partsOf(sized, batch);
  for (let start = 0; start < items.length; start += ITEMS_AT_ONCE)
    await environment.storage.transaction(async ({ publishing }) => {
      for (const [index, item] of items.slice(start, start + ITEMS_AT_ONCE).entries())
        await publishing.updateItem(batch.id, item.position, { part: parts[start + index] ?? 1 });
    });
  return parts.at(-1) ?? 0;
}

async function* photosOf(environment: Needs, exportId: string, part: number) {
  const { storage, objects, vault } = environment;
  let count = 0;
  for await (const item of inFiles(environment, exportId, part)) {
    const bytes = await objects.get(item.sha256);
    if (!bytes) throw new Error(`the photo of item ${item.position} is missing`);
    yield { name: openFacts(vault, item).name, bytes };
    count += 1;
    if (count % ITEMS_AT_ONCE === 0) await noteProgress(storage, exportId, ITEMS_AT_ONCE);
  }
  await noteProgress(storage, exportId, count % ITEMS_AT_ONCE);
}

async function noteProgress({ publishing }: Rows, exportId: string, more: number): Promise<void> {
  const batch = await publishing.find(exportId);
  if (batch) await publishing.update(exportId, { done: batch.done + more });
}

type File = { readonly name: string; readonly place: number; readonly photos: number };
type Written = { readonly name: string; readonly sha256: string };

/** What was made before must come out the same, byte for byte. */
async function write(
  environment: Needs,
  exportId: string,
  file: File,
  bytes: AsyncIterable<Buffer>,
): Promise<Written | undefined> {
  const { publishing } = environment.storage;
  const before = (await publishing.files(exportId)).find(({ name }) => name === file.name);
  const goesOn = async () => (await stateOf(environment, exportId)) === 'making';
  const written = await keepFile(environment, { exportId, name: file.name }, bytes, goesOn);
  if (!written) return undefined;
  if (before && before.sha256 !== written.sha256) {
    await publishing.dropChunks(exportId, file.name);
    throw new Error(`${file.name} is not what it was`);
  }
  await publishing.saveFile({ exportId, ...file, ...written, gone: false });
  return { name: file.name, sha256: written.sha256 };
}

type Manifest = { readonly exportId: string; readonly number: number; readonly parts: number };

async function writeManifests(
  environment: Needs,
  sheets: SheetWriter,
  { exportId, number, parts }: Manifest,
  archives: readonly Written[],
): Promise<boolean> {
  const rows = [];
  for await (const item of inFiles(environment, exportId)) {
    const archive = archiveName(number, item.part ?? 1, parts);
    const { bytes, sha256 } = item;
    rows.push({ ...openFacts(environment.vault, item), bytes, sha256, archive });
  }
  const table = manifestTable(rows);
  const lists = [
    { name: `manifest-${number}.xlsx`, bytes: Buffer.from(await sheets.xlsx(table)) },
    { name: `manifest-${number}.csv`, bytes: manifestCsv(table) },
  ];
  const done: Written[] = [...archives];
  for (const [index, { name, bytes }] of lists.entries()) {
    const file = { name, place: parts + 1 + index, photos: rows.length };
    const written = await write(environment, exportId, file, once(bytes));
    if (!written) return false;
    done.push(written);
  }
  const sums = { name: `SHA256SUMS-${number}.txt`, place: parts + 3, photos: 0 };
  return (await write(environment, exportId, sums, once(checksums(done)))) !== undefined;
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function finish({ storage, clock }: Needs, exportId: string): Promise<void> {
  await storage.transaction(async ({ publishing }) => {
    const batch = await publishing.lock(exportId);
    if (batch?.state !== 'making') return;
    const at = clock();
    await publishing.update(exportId, {
      ...{ state: 'made', again: false, trouble: false, madeAt: batch.madeAt ?? at },
      filesUntil: new Date(at.getTime() + FILES_KEPT_DAYS * DAY_MS),
    });
    const counts = await publishing.itemCounts([exportId]);
    const count = counts.find(({ state }) => state === 'publishing')?.count ?? 0;
    await publishing.addAct({ exportId, at, staffId: null, act: 'make', count, note: '' });
  });
}
