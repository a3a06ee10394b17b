import { randomUUID } from 'node:crypto';
import type { RouteOutput, StationSettings } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StationCaller } from '../../ports/access/caller.ts';
import type { DeskRows } from '../../ports/console/console-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OfflineRows } from '../../ports/offline/offline-repository.ts';
import type { OrderChange, OrderRows } from '../../ports/order-life/order-repository.ts';
import type { SchoolRows } from '../../ports/schools/school-repository.ts';
import type { StationRows } from '../../ports/stations/station-repository.ts';
import { newToken, newTypedCode, normaliseTypedCode, tokenHash } from '../../security/tokens.ts';
import { announceRoster } from '../offline/offline-roster.ts';
import { profileOf } from '../order-life/order-view.ts';
import { customerServiceOf } from '../schools/customer-service.ts';
import { openStationKey } from './station-keys.ts';

type Rows = DeskRows & OfflineRows & OrderRows & SchoolRows & StationRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly sample: boolean;
  readonly vault: Vault;
};

/** Long enough to walk to the campus with it. */
const CODE_VALID_HOURS = 72;

export type EnrolmentCodeIssued = { readonly code: string; readonly expiresAt: Date };

type Enrolment = { readonly code: string; readonly name: string; readonly installationId: string };
type Heartbeat = {
  readonly version: string;
  readonly outboxLength: number;
  readonly parked: number;
  readonly freeBytes?: number | undefined;
  readonly provider?: string | undefined;
};

export type Stations = {
  /** A one-time code for a school; `request.notFound` for an unknown school. */
  issueCode(schoolCode: string): Promise<Result<EnrolmentCodeIssued>>;
  enrol(enrolment: Enrolment): Promise<Result<RouteOutput<'enrolStation'>>>;
  settings(caller: StationCaller): Promise<Result<StationSettings>>;
  changes(
    caller: StationCaller,
    page: { readonly after: number; readonly limit: number },
  ): Promise<RouteOutput<'pullChanges'>>;
  heartbeat(
    caller: StationCaller,
    state: Heartbeat,
  ): Promise<Result<RouteOutput<'stationHeartbeat'>>>;
};

export function createStations(environment: Needs): Stations {
  return {
    issueCode: (schoolCode) => issueCode(environment, schoolCode),
    enrol: (enrolment) =>
      environment.storage.transaction((repositories) =>
        enrol(environment, repositories, enrolment),
      ),
    settings: (caller) => settings(environment, caller),
    changes: (caller, page) => changes(environment, caller, page),
    heartbeat: (caller, state) => heartbeat(environment, caller, state),
  };
}

const codeHash = ({ vault }: Needs, code: string) =>
  vault.pseudonym(normaliseTypedCode(code), 'enrolmentCode');

async function issueCode(
  environment: Needs,
  schoolCode: string,
): Promise<Result<EnrolmentCodeIssued>> {
  const school = await environment.storage.schools.findByCode(schoolCode);
  if (!school) return fail('request.notFound');
  const code = newTypedCode();
  const createdAt = environment.clock();
  const expiresAt = new Date(createdAt.getTime() + CODE_VALID_HOURS * 3_600_000);
  await environment.storage.stations.insertCode({
    codeHash: codeHash(environment, code),
    schoolId: school.id,
    createdAt,
    expiresAt,
    usedAt: null,
    stationId: null,
  });
  return ok({ code, expiresAt });
}

async function enrol(
  environment: Needs,
  repositories: Rows,
  { code, name, installationId }: Enrolment,
): Promise<Result<RouteOutput<'enrolStation'>>> {
  const now = environment.clock();
  const known = await repositories.stations.lockCode(codeHash(environment, code));
  if (!known || known.usedAt || known.expiresAt <= now) return fail('station.enrolmentCodeInvalid');
  const school = await repositories.schools.find(known.schoolId);
  if (!school) throw new Error('an enrolment code without its school');
  const deviceKey = newToken();
  const former = await repositories.stations.findByInstallation(installationId);
  const stationId = former?.id ?? randomUUID();
  await repositories.stations.save({
    ...UNSEEN,
    sealedKey: former?.sealedKey ?? null,
    // What one school trusts its staff with, another does not.
    rights: former?.schoolId === school.id ? former.rights : [],
    id: stationId,
    schoolId: school.id,
    name,
    installationId,
    deviceKeyHash: tokenHash(deviceKey),
    enrolledAt: now,
  });
  await repositories.stations.addAct({
    stationId,
    at: now,
    act: 'enrolled',
    staffId: null,
    reason: '',
    stationRight: null,
    studentId: null,
  });
  await repositories.stations.useCode(known.codeHash, stationId, now);
  return ok({ stationId, deviceKey, school: school.name });
}

const UNSEEN = {
  disabledAt: null,
  lastSeenAt: null,
  version: null,
  outboxLength: null,
  parked: null,
  freeBytes: null,
  provider: null,
};

async function settings(
  environment: Needs,
  caller: StationCaller,
): Promise<Result<StationSettings>> {
  const { storage, vault, clock, sample } = environment;
  const station = await storage.stations.find(caller.stationId);
  const school = station && (await storage.schools.find(station.schoolId));
  if (!school) return fail('station.notEnrolled');
  const batches = await storage.schools.openBatches(school.id, clock());
  return ok({
    stationId: station.id,
    stationName: station.name,
    school: school.name,
    sample,
    rights: [...station.rights],
    batches: batches.map((batch) => ({
      batchId: batch.id,
      name: batch.name,
      priceFen: batch.priceFen,
      ...profileOf(batch.profileId),
    })),
    customerService: await customerServiceOf(environment, school),
    ...(await announceRoster(environment, batches)),
    keyEscrow: {
      publicKey: vault.escrow.publicKey,
      keyRegistered: openStationKey(vault, station) !== undefined,
    },
  });
}

async function changes(
  { storage }: Needs,
  { schoolId }: StationCaller,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<RouteOutput<'pullChanges'>> {
  const found = await storage.orders.changesAfter(schoolId, after, limit + 1);
  const page = found.slice(0, limit);
  return {
    changes: page.map(changeOf),
    checkpoint: page.at(-1)?.sequence ?? after,
    more: found.length > limit,
  };
}

function changeOf(change: OrderChange): RouteOutput<'pullChanges'>['changes'][number] {
  return {
    sequence: change.sequence,
    orderId: change.orderId,
    state: change.state,
    ...(change.photoId ? { photoId: change.photoId } : {}),
    reasons: [...change.reasons],
    at: change.at.toISOString(),
  };
}

async function heartbeat(
  { storage, clock }: Needs,
  { stationId }: StationCaller,
  state: Heartbeat,
): Promise<Result<RouteOutput<'stationHeartbeat'>>> {
  const serverTime = clock();
  await storage.stations.update(stationId, {
    lastSeenAt: serverTime,
    version: state.version,
    outboxLength: state.outboxLength,
    parked: state.parked,
    freeBytes: state.freeBytes ?? null,
    provider: state.provider ?? null,
  });
  return ok({ serverTime: serverTime.toISOString() });
}
