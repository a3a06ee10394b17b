import { createHash } from 'node:crypto';
import type { OfflineBatch, OfflinePerson, RouteOutput, StationSettings } from '@gradshot/contract';
import {
  fail,
  finderText,
  hideLastFour,
  lastFourOf,
  lastFourText,
  ok,
  type Result,
} from '@gradshot/domain';
import { keyedDigest } from '@gradshot/storage';
import type { StationCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OfflineRows } from '../../ports/offline/offline-repository.ts';
import type { Batch, SchoolRows } from '../../ports/schools/school-repository.ts';
import { CONSENTS, SERVICE_ITEMS } from '../consents/service-content.ts';
import { profileOf } from '../order-life/order-view.ts';
import { fieldsOf } from '../rosters/identity-advice.ts';

type Rows = OfflineRows & SchoolRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly vault: Vault;
};

type Page = RouteOutput<'readOfflineRoster'>;
type Wanted = { readonly after?: string | undefined; readonly limit: number };

/** The rosters of a school as its stations keep them for a day without a network. */
export type OfflineRosters = {
  /** Failures: `station.notEnrolled`, `offline.switchedOff`. */
  page(caller: StationCaller, wanted: Wanted): Promise<Result<Page>>;
};

export function createOfflineRosters(environment: Needs): OfflineRosters {
  return { page: (caller, wanted) => readPage(environment, caller, wanted) };
}

/** What the settings tell a station of it: nothing where no open batch has it switched on. */
export async function announceRoster(
  { storage }: Stored<OfflineRows>,
  open: readonly Batch[],
): Promise<Pick<StationSettings, 'offline'>> {
  const batches = await offlineBatches({ storage }, open);
  if (batches.length === 0) return {};
  return { offline: { rosterVersion: await versionOf({ storage }, batches) } };
}

async function readPage(
  environment: Needs,
  { stationId, schoolId }: StationCaller,
  { after, limit }: Wanted,
): Promise<Result<Page>> {
  const { storage, vault, clock } = environment;
  const school = await storage.schools.find(schoolId);
  if (!school) return fail('station.notEnrolled');
  const batches = await offlineBatches(
    environment,
    await storage.schools.openBatches(schoolId, clock()),
  );
  if (batches.length === 0) return fail('offline.switchedOff');
  const version = await versionOf(environment, batches);
  if (!after) await storage.offline.addRead({ stationId, at: clock(), version });
  const ids = batches.map(({ batchId }) => batchId);
  const found = await storage.offline.page(ids, after, limit + 1);
  const people = found.slice(0, limit);
  const key = vault.pseudonym(version, 'offlineRoster');
  const next = found.length > limit ? people.at(-1)?.id : undefined;
  return ok({
    ...{ version, key, school: school.name, batches: [...batches] },
    service: { items: SERVICE_ITEMS, consents: CONSENTS },
    people: people.map((person) => personOf(vault, key, person)),
    ...(next ? { next } : {}),
  });
}

async function offlineBatches(
  { storage }: Stored<OfflineRows>,
  open: readonly Batch[],
): Promise<readonly OfflineBatch[]> {
  const payers = await storage.offline.payersOf(open.map(({ id }) => id));
  return payers.flatMap(({ batchId, payer }) => {
    const batch = open.find(({ id }) => id === batchId);
    if (!batch) return [];
    const { name, priceFen, profileId } = batch;
    const closesAt = batch.closesAt.toISOString();
    return [{ batchId, name, priceFen, ...profileOf(profileId), payer, closesAt }];
  });
}

/** Another one whenever anything of it has changed, the wording of the consents too. */
async function versionOf(
  { storage }: Stored<OfflineRows>,
  batches: readonly OfflineBatch[],
): Promise<string> {
  const last = await storage.offline.lastImport(batches.map(({ batchId }) => batchId));
  const wording = CONSENTS.map(({ kind, version }) => [kind, version]);
  const content = JSON.stringify([FORM, last, batches, wording]);
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}

/** Raised with every change of what is told of a person. */
const FORM = 1;

type Entry = Awaited<ReturnType<OfflineRows['offline']['page']>>[number];

function personOf(vault: Vault, key: string, entry: Entry): OfflinePerson {
  const { id: entryId, batchId, maskedName, maskedIdNumber, college, className } = entry;
  const { XH = '', KSH, XM = '', SFZH = '' } = fieldsOf(vault, entry);
  const lastFour = lastFourText(entryId, lastFourOf(SFZH));
  return {
    ...{ entryId, batchId, maskedName, studentNumberEnd: XH.slice(-4) },
    maskedIdNumber: hideLastFour(maskedIdNumber),
    ...(college ? { college } : {}),
    ...(className ? { className } : {}),
    finders: [XH, ...(KSH ? [KSH] : []), XM].map((text) => keyedDigest(key, finderText(text))),
    lastFour: keyedDigest(key, lastFour),
  };
}
