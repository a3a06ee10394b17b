import {
  ROSTER_PROGRESS,
  type RosterPerson,
  type RosterProgress,
  type RouteOutput,
  UNDONE_PROGRESS,
} from '@gradshot/contract';
import {
  fail,
  glossary,
  ORDER_STATE_TEXT,
  type OrderState,
  ok,
  type Result,
} from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { DeskRows } from '../../ports/console/console-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OfflineRows } from '../../ports/offline/offline-repository.ts';
import type { RosterRows, RosterStanding } from '../../ports/rosters/roster-repository.ts';
import { csvFile } from '../tables/csv-file.ts';
import { inSlices } from '../tables/in-slices.ts';
import { fieldsOf } from './identity-advice.ts';

type Needs = Stored<DeskRows & OfflineRows & RosterRows> & {
  readonly clock: Clock;
  readonly vault: Vault;
};

type Wanted = {
  readonly batchId: string;
  readonly className?: string | undefined;
  readonly progress?: RosterProgress | undefined;
  readonly page: number;
  readonly pageSize: number;
};

/** The largest import; more nobody has. */
const MAX_EXPORT = 200_000;
const MAX_ACTS = 100;

export type RosterPeople = {
  /** Failure: `request.notFound`. */
  list(wanted: Wanted): Promise<Result<RouteOutput<'listRoster'>>>;
  /** Who is not done yet, as CSV; written down. Failure: `request.notFound`. */
  undone(
    caller: StaffCaller,
    wanted: Pick<Wanted, 'batchId' | 'className'>,
  ): Promise<Result<Uint8Array>>;
  acts(batchId: string): Promise<Result<RouteOutput<'listRosterLog'>>>;
};

export function createRosterPeople(environment: Needs): RosterPeople {
  const { storage } = environment;
  const exists = async (batchId: string) => (await storage.desk.findBatch(batchId)) !== undefined;
  return {
    async list(wanted) {
      return (await exists(wanted.batchId))
        ? ok(await list(environment, wanted))
        : fail('request.notFound');
    },
    async undone(caller, wanted) {
      return (await exists(wanted.batchId))
        ? ok(await exportUndone(environment, caller, wanted))
        : fail('request.notFound');
    },
    async acts(batchId) {
      if (!(await exists(batchId))) return fail('request.notFound');
      const acts = await storage.rosters.acts(batchId, MAX_ACTS);
      return ok({
        acts: acts.map(({ at, name, act, count }) => ({
          at: at.toISOString(),
          by: name,
          act,
          count,
        })),
      });
    },
  };
}

async function list(
  environment: Needs,
  { batchId, className, progress, page, pageSize }: Wanted,
): Promise<RouteOutput<'listRoster'>> {
  const { rosters } = environment.storage;
  const filter = { batchId, className };
  const people = await rosters.people(
    { ...filter, ...(progress ? { progress: [progress] } : {}) },
    (page - 1) * pageSize,
    pageSize,
  );
  const found = await rosters.counts(filter);
  const identityBands = await rosters.identityBands(batchId);
  const offlinePayer = await environment.storage.offline.payerOf(batchId);
  const counts = ROSTER_PROGRESS.map((step) => ({
    progress: step,
    count: found.find((row) => row.progress === step)?.count ?? 0,
  }));
  return {
    people: people.map((person) => personOf(environment, person)),
    total: counts
      .filter((row) => !progress || row.progress === progress)
      .reduce((sum, { count }) => sum + count, 0),
    counts,
    photos: found.reduce((sum, { photos }) => sum + photos, 0),
    ...(identityBands ? { identityBands } : {}),
    ...(offlinePayer ? { offlinePayer } : {}),
    classes: (await rosters.classes(batchId)).sort((a, b) => a.localeCompare(b, 'zh')),
  };
}

/** The step of an order's state, as the repository counts it. */
const STEPS: Readonly<Partial<Record<OrderState, RosterProgress>>> = {
  pendingPayment: 'unpaid',
  pendingCapture: 'paid',
  pendingStandardization: 'paid',
  pendingSubmission: 'paid',
  rejected: 'rejected',
  verifyingIdentity: 'photographed',
  underReview: 'photographed',
  collected: 'approved',
  publishing: 'approved',
  published: 'approved',
};

function personOf({ vault }: Needs, person: RosterStanding): RosterPerson {
  const { XH = '', ZYMC } = fieldsOf(vault, person);
  const { orderId, orderState, college, className } = person;
  return {
    entryId: person.id,
    maskedName: person.maskedName,
    maskedIdNumber: person.maskedIdNumber,
    studentNumber: XH,
    ...(college ? { college } : {}),
    ...(ZYMC ? { major: ZYMC } : {}),
    ...(className ? { className } : {}),
    progress: (orderState && STEPS[orderState]) ?? 'unstarted',
    ...(orderId && orderState ? { orderId, orderState } : {}),
    hasPhoto: person.hasPhoto,
  };
}

const HEADER = [
  glossary.studentNumber.zh,
  glossary.personName.zh,
  glossary.college.zh,
  glossary.major.zh,
  glossary.className.zh,
  glossary.state.zh,
];

async function exportUndone(
  environment: Needs,
  { staffId }: StaffCaller,
  { batchId, className }: Pick<Wanted, 'batchId' | 'className'>,
): Promise<Uint8Array> {
  const { rosters } = environment.storage;
  const filter = { batchId, className, progress: UNDONE_PROGRESS };
  const people = await inSlices(await rosters.people(filter, 0, MAX_EXPORT), (person) =>
    personOf(environment, person),
  );
  const count = people.length;
  await rosters.addAct({ batchId, at: environment.clock(), staffId, act: 'exportUndone', count });
  const rows = people.map((person) => [
    person.studentNumber,
    person.maskedName,
    person.college ?? '',
    person.major ?? '',
    person.className ?? '',
    person.orderState ? ORDER_STATE_TEXT[person.orderState].zh : glossary.notStarted.zh,
  ]);
  return csvFile([HEADER, ...rows]);
}
