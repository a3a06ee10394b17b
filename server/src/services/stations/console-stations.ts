import type { ConsoleStation } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { SchoolRows } from '../../ports/schools/school-repository.ts';
import type { Station, StationAct, StationRows } from '../../ports/stations/station-repository.ts';

type Rows = SchoolRows & StationRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
};

export type StationChange = { readonly enabled: boolean; readonly reason: string };

export type ConsoleStations = {
  /** Disabled ones too. */
  list(): Promise<ConsoleStation[]>;
  /**
   * Refuses a station's key from now on, or takes it again; who did it and why is kept. Repeating
   * is success and leaves no second entry. Failure: `request.notFound`.
   */
  change(
    caller: StaffCaller,
    stationId: string,
    change: StationChange,
  ): Promise<Result<ConsoleStation>>;
};

export function createConsoleStations({ storage, clock }: Needs): ConsoleStations {
  return {
    async list() {
      const acts = await storage.stations.acts();
      const stations = await storage.stations.list();
      return stations.map((station) =>
        viewOf(
          station,
          acts.filter(({ stationId }) => stationId === station.id),
        ),
      );
    },
    async change({ staffId }, stationId, wanted) {
      return storage.transaction((repositories) =>
        change(repositories, stationId, { ...wanted, staffId, at: clock() }),
      );
    },
  };
}

type Change = StationChange & { readonly staffId: string; readonly at: Date };

async function change(
  { stations, schools }: Rows,
  stationId: string,
  { enabled, reason, staffId, at }: Change,
): Promise<Result<ConsoleStation>> {
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
    });
  }
  const school = (await schools.find(station.schoolId))?.name ?? '';
  return ok(viewOf({ ...station, disabledAt, school }, await stations.acts(stationId)));
}

function viewOf(
  station: Station & { readonly school: string },
  acts: readonly (StationAct & { readonly staff: string | null })[],
): ConsoleStation {
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
    history: acts.map(({ at, act, staff, reason }) => ({
      at: at.toISOString(),
      act,
      ...(staff ? { staff } : {}),
      reason,
    })),
  };
}
