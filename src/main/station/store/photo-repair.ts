import { isDeepStrictEqual } from 'node:util';
import type { LabelledPhoto } from '@gradshot/contract';
import { mayGoOn } from '@gradshot/domain';
import type { LocalStep } from '../session/ports.ts';
import type { Database } from './database.ts';
import type { EventLog } from './event-log.ts';
import type { OfflineVisitTable } from './offline-visit-table.ts';
import type { OrderTable } from './order-table.ts';
import type { Outbox } from './outbox.ts';
import { labelledObject, originalLabel, rowFacts, standardLabel } from './photo-label.ts';
import type { PhotoRow, PhotoTable } from './photo-table.ts';
import type { FoundLabel, PictureVault } from './picture-vault.ts';
import type { Quarantine, QuarantineReason } from './quarantine.ts';

export type RepairParts = {
  readonly database: Database;
  readonly vault: PictureVault;
  readonly orders: OrderTable;
  readonly photos: PhotoTable;
  readonly outbox: Outbox;
  readonly offlineVisits: OfflineVisitTable;
  readonly events: EventLog;
  readonly quarantine: Quarantine;
};

/** What a repair at start did, for the log, the self-tests and the staff page. */
export type Repaired = {
  /** Photos that the database did not know. */
  readonly rebuilt: number;
  /** Photos that were further than the database knew, or that it described wrongly. */
  readonly corrected: number;
  /** Objects that nothing explains. */
  readonly quarantined: number;
  /** Leftovers of photos that were replaced or whose time was over. */
  readonly removed: number;
};

/**
 * Brings the database in step with the sealed pictures at start. What a picture's label says is
 * authenticated and was durable before the database heard of it, so it counts: rows that are missing
 * are put back, rows that are behind or differ follow. Only leftovers that the database explains (a
 * photo that was replaced, or erased in its time) are deleted; whatever nothing explains is
 * quarantined.
 */
export async function repairPhotos(parts: RepairParts): Promise<Repaired> {
  const { vault, photos } = parts;
  const objects = await vault.list();
  const stray = await sortStray(
    parts,
    objects.filter((x) => !vault.isUsed(x)),
  );
  const caughtUp = await catchUp(parts, photos.unfinished());
  const put = await putBack(parts, stray.labels);
  parts.database.transaction(() => {
    forgetErased(parts, new Set(objects));
    for (const row of caughtUp.vanished) giveUpIfOvertaken(parts, row);
    completeOutbox(parts);
  })();
  const found = new Map([...stray.unexplained, ...put.refused]);
  parts.quarantine.replaceAll(found);
  await vault.dropUnused(stray.leftovers);
  const repaired = {
    rebuilt: put.rebuilt,
    corrected: caughtUp.corrected + put.advanced,
    quarantined: found.size,
    removed: stray.leftovers.length,
  };
  if (repaired.rebuilt + repaired.corrected > 0) parts.events.note('photos.repaired', repaired);
  return repaired;
}

type Stray = {
  readonly labels: readonly LabelledPhoto[];
  readonly leftovers: readonly string[];
  readonly unexplained: readonly (readonly [string, QuarantineReason])[];
};

/** What to do with objects that no row uses. */
async function sortStray(parts: RepairParts, objects: readonly string[]): Promise<Stray> {
  const labels: LabelledPhoto[] = [];
  const leftovers: string[] = [];
  const unexplained: [string, QuarantineReason][] = [];
  for (const sha256 of objects) {
    const found = await parts.vault.label(sha256);
    const open = found.kind === 'labelled' ? unexplainedOf(parts, found.photos) : [];
    const explained = isLeftover(parts, sha256, found);
    if (open.length > 0) labels.push(...open);
    else if (explained) leftovers.push(sha256);
    else unexplained.push([sha256, found.kind === 'damaged' ? 'damaged' : 'unlabelled']);
  }
  return { labels, leftovers, unexplained };
}

/** The photos of a label that the database does not know to be over. */
function unexplainedOf({ photos }: RepairParts, labels: readonly LabelledPhoto[]) {
  return labels.filter((label) => photos.find(label.photoId)?.picturesDeleted !== true);
}

function isLeftover({ photos }: RepairParts, sha256: string, found: FoundLabel): boolean {
  if (found.kind === 'labelled') return true;
  return photos.ofPicture(sha256).length > 0;
}

type CaughtUp = { readonly corrected: number; readonly vanished: readonly PhotoRow[] };

/** Rows that are behind their label, or differ from it in what never changes, follow it. */
async function catchUp(parts: RepairParts, rows: readonly PhotoRow[]): Promise<CaughtUp> {
  let corrected = 0;
  const vanished: PhotoRow[] = [];
  for (const row of rows) {
    const found = await parts.vault.label(labelledObject(row));
    if (found.kind === 'unlabelled') await labelAnew(parts, row);
    if (found.kind === 'absent') vanished.push(row);
    const label =
      found.kind === 'labelled'
        ? found.photos.find((x) => x.photoId === row.shot.photoId)
        : undefined;
    if (label && follow(parts, row, label)) corrected += 1;
  }
  return { corrected, vanished };
}

/**
 * A photo without its pictures in a database that is older than they are: it was replaced since. It
 * must not stand before the one that took its place. Where nothing took its place it stays, cannot be
 * delivered, and staff get to know.
 */
function giveUpIfOvertaken({ photos, outbox }: RepairParts, row: PhotoRow): void {
  const { photoId } = row.shot;
  const newest = photos.newest(row.orderId);
  if (!newest || newest.sequence <= row.sequence) return;
  outbox.callOff(photoId);
  photos.setStep(photoId, 'replaced');
  photos.picturesDeleted(photoId);
}

/** Pictures that were erased in their time after the database was copied. */
function forgetErased({ photos, orders }: RepairParts, objects: ReadonlySet<string>): void {
  for (const { originalSha256, shot, orderId } of photos.arrived()) {
    if (objects.has(originalSha256)) continue;
    photos.picturesDeleted(shot.photoId);
    orders.forgetStudent(orderId);
  }
}

/** Written by a program that knew no labels: it gets one, so that it can be rebuilt from now on. */
async function labelAnew(
  { vault, orders, offlineVisits }: RepairParts,
  row: PhotoRow,
): Promise<void> {
  const { step, standardSha256, report, onSite, shot } = row;
  if (step === 'replaced') return;
  const orderNo = orders.orderNo(row.orderId) ?? row.orderId;
  const offline = offlineVisits.find(row.orderId)?.visit;
  const profileId = report?.profile.id ?? 'unknown';
  const facts = { at: shot.capturedAt, orderNo, profileId, offline };
  const label =
    standardSha256 && report
      ? standardLabel(row, { standardSha256, report, onSite }, { step, ...facts })
      : originalLabel(row, { step: 'kept', ...facts });
  await vault.exclusively(() => vault.mark(labelledObject(row), label));
}

const RANK: { readonly [S in LabelledPhoto['step'] | 'replaced']: number } = {
  kept: 0,
  judged: 1,
  handedIn: 2,
  arrived: 3,
  replaced: 4,
};

/** True when the row had to change. */
function follow(parts: RepairParts, row: PhotoRow, label: LabelledPhoto): boolean {
  const { database, orders, photos, outbox } = parts;
  const isVisitLost = restoreVisit(parts, label);
  const differs = !sameFacts(row, label);
  const lostReport = label.kind === 'standard' && row.step !== 'kept' && !row.report;
  const isBehind = RANK[row.step] < RANK[label.step] || lostReport || saysOtherwise(row, label);
  if (!differs && !isBehind) return isVisitLost;
  database.transaction(() => {
    if (differs) {
      orders.rebuild(label.orderId, label.orderNo);
      photos.correct(rowFacts(label));
      outbox.readdress(label.photoId, label.orderId);
    }
    if (isBehind) advance(parts, label, row.step);
  })();
  return true;
}

/** True when the visit that was begun offline was only known by its photo's label. */
function restoreVisit(
  { offlineVisits }: RepairParts,
  { orderId, offline }: LabelledPhoto,
): boolean {
  if (!offline || offlineVisits.find(orderId)?.visit) return false;
  offlineVisits.restore(orderId, offline);
  return true;
}

/** Staff said something that the row does not know, or took it back. */
function saysOtherwise(row: PhotoRow, label: LabelledPhoto): boolean {
  return label.kind === 'standard' && !isDeepStrictEqual(row.onSite, label.onSite);
}

function sameFacts(row: PhotoRow, label: LabelledPhoto): boolean {
  const { shot } = row;
  return (
    row.orderId === label.orderId &&
    row.originalSha256 === label.originalSha256 &&
    row.originalType === label.originalType &&
    shot.capturedAt === label.capturedAt &&
    shot.width === label.width &&
    shot.height === label.height
  );
}

/** Brings a row that is at `present` to its label's step, never back. */
function advance({ photos }: RepairParts, label: LabelledPhoto, present: LocalStep): void {
  if (label.kind === 'original') return;
  const { photoId, report, standardSha256, onSite } = label;
  const step = RANK[present] > RANK[label.step] ? present : label.step;
  const accepted = mayGoOn(report, onSite?.release);
  photos.judge(photoId, accepted, report, standardSha256);
  photos.recordOnSite(photoId, onSite);
  if (step === 'handedIn' || step === 'arrived') photos.setStep(photoId, step);
}

type PutBack = {
  readonly rebuilt: number;
  readonly advanced: number;
  readonly refused: readonly (readonly [string, QuarantineReason])[];
};

/** Photos of labels that nobody uses, in the order in which they were taken. */
async function putBack(parts: RepairParts, labels: readonly LabelledPhoto[]): Promise<PutBack> {
  let [rebuilt, advanced] = [0, 0];
  const refused: (readonly [string, QuarantineReason])[] = [];
  const inOrder = [...groupByPhoto(labels).values()]
    .map((all) => all.toSorted((a, b) => RANK[b.step] - RANK[a.step]))
    .sort((a, b) => sequenceOf(a) - sequenceOf(b));
  for (const [latest, ...others] of inOrder) {
    if (!latest) continue;
    const reason = await whyNot(parts, latest);
    const objects = [latest, ...others].map(objectOf);
    if (reason) refused.push(...objects.map((x) => [x, reason] as const));
    else if (rebuild(parts, latest)) rebuilt += 1;
    else advanced += 1;
  }
  return { rebuilt, advanced, refused: refused.filter(([x]) => !parts.vault.isUsed(x)) };
}

function groupByPhoto(labels: readonly LabelledPhoto[]): Map<string, readonly LabelledPhoto[]> {
  const groups = new Map<string, readonly LabelledPhoto[]>();
  for (const label of labels)
    groups.set(label.photoId, [...(groups.get(label.photoId) ?? []), label]);
  return groups;
}

const sequenceOf = (labels: readonly LabelledPhoto[]) => labels[0]?.sequence ?? 0;

function objectOf(label: LabelledPhoto): string {
  return label.kind === 'original' ? label.originalSha256 : label.standardSha256;
}

/** What keeps a photo from being put back; undefined when nothing does. */
async function whyNot(
  { vault, photos }: RepairParts,
  label: LabelledPhoto,
): Promise<QuarantineReason | undefined> {
  const known = photos.find(label.photoId);
  if (known && known.step !== 'kept' && (await vault.has(labelledObject(known))))
    return 'overtaken';
  const later = photos.newest(label.orderId);
  const isOver = label.step === 'kept' || label.step === 'judged';
  if (!known && isOver && later && later.sequence >= label.sequence) return 'overtaken';
  const pictures = [label.originalSha256, ...(label.kind === 'standard' ? [objectOf(label)] : [])];
  for (const sha256 of pictures) {
    const bytes = await vault.read(sha256).catch(() => 'damaged' as const);
    if (bytes === 'damaged') return 'damaged';
    if (!bytes) return 'incomplete';
  }
  return undefined;
}

/** True when there was no row of the photo yet. */
function rebuild(parts: RepairParts, label: LabelledPhoto): boolean {
  const { database, orders, photos } = parts;
  const isNew = photos.find(label.photoId) === undefined;
  database.transaction(() => {
    restoreVisit(parts, label);
    orders.rebuild(label.orderId, label.orderNo);
    const facts = rowFacts(label);
    const isTaken = photos.hasSequence(facts.sequence);
    const sequence = isTaken ? photos.nextSequence() : facts.sequence;
    if (isNew) photos.insert({ ...facts, sequence });
    else photos.correct(facts);
    advance(parts, label, 'kept');
  })();
  return isNew;
}

/** Every accepted photo has its delivery, and every one that was handed in its 提交. */
function completeOutbox({ photos, outbox, offlineVisits }: RepairParts): void {
  for (const { step, accepted, orderId, shot } of photos.unfinished()) {
    if (step === 'kept' || !accepted) continue;
    if (step === 'judged' && offlineVisits.find(orderId)) continue;
    outbox.ensure('deliver', orderId, shot.photoId);
    if (step === 'handedIn') outbox.ensure('handIn', orderId, shot.photoId);
  }
}
