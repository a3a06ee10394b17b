import type { ConsoleStation, StationRecord } from '@gradshot/contract';
import { fail, ok, type Result, STATION_RIGHTS, type StationRight } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { RosterRows } from '../../ports/rosters/roster-repository.ts';
import type { SchoolRows } from '../../ports/schools/school-repository.ts';
import type { ShownAct, Station, StationRows } from '../../ports/stations/station-repository.ts';

type Rows = RosterRows & SchoolRows & StationRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
};

export type StationChange = { readonly enabled: boolean; readonly reason: string };

export type RightChange = {
  readonly right: StationRight;
  readonly granted: boolean;
  readonly reason: string;
};

export type ConsoleStations = {
  /** Disabled ones too. */
  list(caller: StaffCaller): Promise<ConsoleStation[]>;
  /** What was done about it and at it. Failure: `request.notFound`. */
  record(stationId: string): Promise<Result<StationRecord>>;
  /**
   * Refuses a station's key from now on, or takes it again; who did it and why is kept. Repeating
   * is success and leaves no second entry. Failure: `request.notFound`.
   */
  change(
    caller: StaffCaller,
    stationId: string,
    change: StationChange,
  ): Promise<Result<ConsoleStation>>;
  /** What its staff may do from now on; kept and repeated as above. Failure: `request.notFound`. */
  grant(
    caller: StaffCaller,
    stationId: string,
    change: RightChange,
  ): Promise<Result<ConsoleStation>>;
};

export function createConsoleStations({ storage, clock }: Needs): ConsoleStations {
  return {
    async list({ schools }) {
      return (await storage.stations.list(schools)).map(viewOf);
    },
    async record(stationId) {
      if (!(await storage.stations.find(stationId))) return fail('request.notFound');
      const acts = await storage.stations.acts(stationId);
      const rosterLooks = await storage.rosters.searchDays(stationId);
      return ok({ history: acts.map(actView), rosterLooks });
    },
    async change({ staffId }, stationId, wanted) {
      return storage.transaction((repositories) =>
        change(repositories, stationId, { ...wanted, staffId, at: clock() }),
      );
    },
    async grant({ staffId }, stationId, wanted) {
      return storage.transaction((repositories) =>
        grant(repositories, stationId, { ...wanted, staffId, at: clock() }),
      );
    },
  };
}

type By = { readonly staffId: string; readonly at: Date };
type Change = StationChange & By;

async function change(
  rows: Rows,
  stationId: string,
  { enabled, reason, staffId, at }: Change,
): Promise<Result<ConsoleStation>> {
  const { stations } = rows;
  const station = await stations.lock(stationId);
  if (!station) return fail('request.notFound');
  const disabledAt = enabled ? null : (station.disabledAt ?? at);
  const isNew = enabled !== (station.disabledAt === null);
  if (isNew) {
    await stations.update(stationId, { disabledAt });
    await stations.addAct({
      stationId,
      at,
      act: enabled ? 'enabled' : 'disabled',
      staffId,
      reason,
      stationRight: null,
      studentId: null,
    });
  }
  return ok(await shown(rows, { ...station, disabledAt }));
}

async function grant(
  rows: Rows,
  stationId: string,
  { right, granted, reason, staffId, at }: RightChange & By,
): Promise<Result<ConsoleStation>> {
  const { stations } = rows;
  const station = await stations.lock(stationId);
  if (!station) return fail('request.notFound');
  if (station.rights.includes(right) === granted) return ok(await shown(rows, station));
  const rights = STATION_RIGHTS.filter((one) =>
    one === right ? granted : station.rights.includes(one),
  );
  await stations.update(stationId, { rights });
  await stations.addAct({
    ...{ stationId, at, act: granted ? 'granted' : 'withdrawn', stationRight: right },
    ...{ staffId, reason, studentId: null },
  });
  return ok(await shown(rows, { ...station, rights }));
}

async function shown({ schools }: Rows, station: Station): Promise<ConsoleStation> {
  const school = (await schools.find(station.schoolId))?.name ?? '';
  return viewOf({ ...station, school });
}

function viewOf(station: Station & { readonly school: string }): ConsoleStation {
  const { disabledAt, lastSeenAt } = station;
  return {
    stationId: station.id,
    name: station.name,
    school: station.school,
    enrolledAt: station.enrolledAt.toISOString(),
    ...(disabledAt ? { disabledAt: disabledAt.toISOString() } : {}),
    ...(lastSeenAt ? { lastSeenAt: lastSeenAt.toISOString() } : {}),
    outboxLength: station.outboxLength ?? 0,
    parked: station.parked ?? 0,
    version: station.version ?? '',
    rights: [...station.rights],
  };
}

function actView(shownAct: ShownAct): StationRecord['history'][number] {
  const { at, act, staff, reason, stationRight, maskedName } = shownAct;
  return {
    at: at.toISOString(),
    act,
    ...(staff ? { staff } : {}),
    ...(stationRight ? { right: stationRight } : {}),
    ...(maskedName ? { student: maskedName } : {}),
    reason,
  };
}
