import type { RouteOutput } from '@gradshot/contract';
import { errorSentence, type Failure, fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { DeskRows } from '../../ports/console/console-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { PublishingQueue } from '../../ports/ground/job-queue.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type {
  ExportItem,
  ExportRecord,
  ExportSettings,
  PublishingRows,
} from '../../ports/publishing/publishing-repository.ts';
import type { SchoolRows } from '../../ports/schools/school-repository.ts';
import { KEYS } from '../rosters/person-fields.ts';
import { inSlices } from '../tables/in-slices.ts';
import { archiveBytes, partsOf } from './archive-parts.ts';
import { sealFacts, sealNote } from './export-facts.ts';
import {
  type Chosen,
  type Judged,
  judgeSelection,
  type LeftOut,
  type Selection,
} from './export-selection.ts';
import { type ExportBatchView, exportNameHash, viewOfExport, wrongState } from './export-view.ts';

type Rows = DeskRows & PublishingRows & SchoolRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly vault: Vault;
  readonly jobs: PublishingQueue;
};

type Cut = { readonly maxPartMb: number; readonly maxPartPhotos: number };
type Wish = Selection & Cut & { readonly note: string };

const MAX_SHOWN_ROWS = 200;
const DEFAULT_SETTINGS: ExportSettings = {
  naming: '{SFZH}',
  maxPartMb: 200,
  maxPartPhotos: 5000,
};

/** Batches for 学信网 up to the moment when they are made: chosen by one person, agreed to by another. */
export type ExportDesk = {
  /** Written down nowhere: it names nobody but by mask. Failures: those of `judgeSelection`. */
  preview(wish: Selection & Cut): Promise<Result<RouteOutput<'previewExport'>>>;
  /** Failure: `request.notFound`. */
  settings(schoolCode: string): Promise<Result<ExportSettings>>;
  /**
   * The same id again is the same batch. Failures: those of `judgeSelection`,
   * `publishing.nothingToExport`, `publishing.namesDoubled`, `publishing.photosTaken`,
   * `request.idempotencyMismatch`.
   */
  ask(caller: StaffCaller, exportId: string, wish: Wish): Promise<Result<ExportBatchView>>;
  /** Failures: `request.notFound`, `staff.ownRequest`, `publishing.wrongState`. */
  approve(caller: StaffCaller, exportId: string): Promise<Result<ExportBatchView>>;
  /** Failures: `request.notFound`, `publishing.wrongState`. */
  decline(caller: StaffCaller, exportId: string, reason: string): Promise<Result<ExportBatchView>>;
  /** Failures: `request.notFound`, `publishing.wrongState`, `publishing.downloaded`. */
  cancel(caller: StaffCaller, exportId: string, reason: string): Promise<Result<ExportBatchView>>;
  /** Failures: `request.notFound`, `publishing.wrongState`. */
  askAgain(caller: StaffCaller, exportId: string): Promise<Result<ExportBatchView>>;
};

export function createExportDesk(environment: Needs): ExportDesk {
  const { storage, jobs } = environment;
  const change = async (
    exportId: string,
    work: (repositories: Rows, batch: ExportRecord) => Promise<Result<void>>,
  ): Promise<Result<ExportBatchView>> => {
    const done = await storage.transaction(async (repositories) => {
      const batch = await repositories.publishing.lock(exportId);
      return batch ? work(repositories, batch) : fail('request.notFound');
    });
    return done.ok ? viewOfExport(environment, exportId) : done;
  };
  return {
    async preview(wish) {
      const judged = await judgeSelection(environment, wish);
      return judged.ok ? ok(previewOf(judged.value, wish)) : judged;
    },
    async settings(schoolCode) {
      const school = await storage.schools.findByCode(schoolCode);
      if (!school) return fail('request.notFound');
      return ok((await storage.publishing.settingsOf(school.id)) ?? DEFAULT_SETTINGS);
    },
    ask: (caller, exportId, wish) => ask(environment, caller, exportId, wish),
    async approve(caller, exportId) {
      const approved = await change(exportId, (repositories, batch) =>
        approve(environment, repositories, batch, caller),
      );
      if (approved.ok) await jobs.publish(exportId);
      return approved;
    },
    decline: (caller, exportId, reason) =>
      change(exportId, (repositories, batch) =>
        decline(environment, repositories, batch, { caller, reason }),
      ),
    async cancel(caller, exportId, reason) {
      const cancelled = await change(exportId, (repositories, batch) =>
        cancel(environment, repositories, batch, { caller, reason }),
      );
      if (cancelled.ok) await jobs.publish(exportId);
      return cancelled;
    },
    askAgain: (caller, exportId) =>
      change(exportId, (repositories, batch) => askAgain(environment, repositories, batch, caller)),
  };
}

function previewOf({ chosen, leftOut, doubled }: Judged, wish: Cut): RouteOutput<'previewExport'> {
  const sized = chosen.map(({ facts, bytes }) => ({ name: facts.name, bytes }));
  const whys = [...new Set(leftOut.map(({ why }) => why))];
  const failed = leftOut.filter(({ failure }) => failure !== undefined);
  return {
    count: chosen.length,
    bytes: chosen.length > 0 ? archiveBytes(sized) : 0,
    parts: partsOf(sized, wish).at(-1) ?? 0,
    leftOut: whys.map((why) => ({
      why,
      count: leftOut.filter((left) => left.why === why).length,
    })),
    doubled: doubled.length,
    rows: [...doubled.map(doubledRow), ...failed.map(failedRow)].slice(0, MAX_SHOWN_ROWS),
  };
}

type Row = RouteOutput<'previewExport'>['rows'][number];

function doubledRow({ orderId, orderNo, maskedName }: Chosen): Row {
  const words = { zh: '文件名与另一张照片相同', en: 'Named like another photo' };
  return { orderId, orderNo, maskedName, ...words };
}

function failedRow({ candidate, failure }: LeftOut): Row {
  const { orderId, orderNo, maskedName } = candidate;
  const told: Failure = failure ?? { code: 'publishing.nameUnusable' };
  const words = { zh: errorSentence(told, 'zh'), en: errorSentence(told, 'en') };
  return { orderId, orderNo, maskedName, ...words };
}

async function ask(
  environment: Needs,
  caller: StaffCaller,
  exportId: string,
  wish: Wish,
): Promise<Result<ExportBatchView>> {
  const known = await environment.storage.publishing.find(exportId);
  if (known)
    return known.askedBy === caller.staffId && known.naming === wish.naming
      ? viewOfExport(environment, exportId)
      : fail('request.idempotencyMismatch');
  const judged = await judgeSelection(environment, wish);
  if (!judged.ok) return judged;
  const { chosen, doubled } = judged.value;
  if (doubled.length > 0) return fail('publishing.namesDoubled', { count: doubled.length });
  if (chosen.length === 0) return fail('publishing.nothingToExport');
  const items = await inSlices(chosen, (one, index) =>
    itemOf(environment.vault, { exportId, position: index + 1 }, one),
  );
  const { filter } = judged.value;
  const kept = await environment.storage
    .transaction((repositories) =>
      keep(environment, repositories, { caller, exportId, wish, filter, items }),
    )
    .catch((error: unknown) => {
      if (error instanceof PhotosTaken) return fail('publishing.photosTaken');
      throw error;
    });
  return kept.ok ? viewOfExport(environment, exportId) : kept;
}

/** Undoes the transaction: a batch that lacks some of its photos is not what was asked for. */
class PhotosTaken extends Error {}

type Asked = {
  readonly caller: StaffCaller;
  readonly exportId: string;
  readonly wish: Wish;
  readonly filter: Judged['filter'];
  readonly items: readonly ExportItem[];
};

async function keep(
  { clock, vault }: Needs,
  { publishing }: Rows,
  { caller, exportId, wish, filter, items }: Asked,
): Promise<Result<void>> {
  const at = clock();
  const { naming, maxPartMb, maxPartPhotos } = wish;
  const settings = { naming, maxPartMb, maxPartPhotos };
  await publishing.insert({
    ...{ id: exportId, ...filter, ...settings, state: 'asked', again: false },
    noteSealed: sealNote(vault, exportId, wish.note),
    ...{ askedBy: caller.staffId, askedAt: at, approvedBy: null },
    ...{ madeAt: null, downloadedAt: null, filesUntil: null },
    ...{ total: items.length, done: 0, trouble: false },
  });
  if ((await publishing.insertItems(items)) < items.length) throw new PhotosTaken();
  await publishing.saveSettings(filter.schoolId, settings);
  const count = items.length;
  await publishing.addAct({ exportId, at, staffId: caller.staffId, act: 'ask', count, note: '' });
  return ok(undefined);
}

function itemOf(
  vault: Vault,
  place: Pick<ExportItem, 'exportId' | 'position'>,
  { orderId, photoId, sha256, bytes, idNumberHash, facts }: Chosen,
): ExportItem {
  const { XH, KSH } = facts;
  return {
    ...place,
    ...{ orderId, photoId, sha256, bytes, idNumberHash },
    sealed: sealFacts(vault, place, facts),
    nameHash: exportNameHash(vault, facts.name),
    studentNumberHash: XH ? vault.pseudonym(KEYS.XH(XH), 'studentNumber') : null,
    examineeNumberHash: KSH ? vault.pseudonym(KEYS.KSH(KSH), 'examineeNumber') : null,
    ...{ part: null, state: 'waiting', open: true, outcomeAt: null, reasonSealed: null },
  };
}

async function approve(
  { clock }: Needs,
  { publishing }: Rows,
  batch: ExportRecord,
  { staffId }: StaffCaller,
): Promise<Result<void>> {
  if (batch.state === 'making' && batch.approvedBy === staffId) return ok(undefined);
  if (batch.state !== 'asked') return wrongState(batch);
  if (batch.askedBy === staffId) return fail('staff.ownRequest');
  await publishing.update(batch.id, { state: 'making', approvedBy: staffId, done: 0 });
  await publishing.addAct({
    ...{ exportId: batch.id, at: clock(), staffId, act: 'approve' },
    ...{ count: batch.total, note: '' },
  });
  return ok(undefined);
}

type Said = { readonly caller: StaffCaller; readonly reason: string };

/** Files that were asked for once more are merely not made; their photos are on their way already. */
async function decline(
  { clock }: Needs,
  { publishing }: Rows,
  batch: ExportRecord,
  { caller: { staffId }, reason }: Said,
): Promise<Result<void>> {
  if (batch.state !== 'asked') return wrongState(batch);
  await publishing.update(batch.id, { state: batch.again ? 'made' : 'declined', again: false });
  await publishing.giveUpWaiting(batch.id);
  await publishing.addAct({
    ...{ exportId: batch.id, at: clock(), staffId, act: 'decline' },
    ...{ count: batch.total, note: reason },
  });
  return ok(undefined);
}

async function cancel(
  { clock }: Needs,
  { publishing }: Rows,
  batch: ExportRecord,
  { caller: { staffId }, reason }: Said,
): Promise<Result<void>> {
  if (batch.downloadedAt) return fail('publishing.downloaded');
  if (!['asked', 'making', 'made'].includes(batch.state)) return wrongState(batch);
  await publishing.update(batch.id, { state: 'cancelling', done: 0 });
  await publishing.addAct({
    ...{ exportId: batch.id, at: clock(), staffId, act: 'cancel' },
    ...{ count: batch.total, note: reason },
  });
  return ok(undefined);
}

async function askAgain(
  { clock }: Needs,
  { publishing }: Rows,
  batch: ExportRecord,
  { staffId }: StaffCaller,
): Promise<Result<void>> {
  const files = await publishing.files(batch.id);
  if (batch.state !== 'made' || !files.every(({ gone }) => gone)) return wrongState(batch);
  const asked = { state: 'asked', again: true, askedBy: staffId, askedAt: clock() } as const;
  await publishing.update(batch.id, { ...asked, approvedBy: null });
  await publishing.addAct({
    ...{ exportId: batch.id, at: clock(), staffId, act: 'askAgain' },
    ...{ count: batch.total, note: '' },
  });
  return ok(undefined);
}
