import type { RouteOutput } from '@gradshot/contract';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { DeskRows } from '../../ports/console/console-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Station } from '../../ports/stations/station-repository.ts';
import { beijingMidnight } from '../school-time/beijing-day.ts';

type Needs = Stored<DeskRows> & {
  readonly clock: Clock;
};

/** Storing this many people's faces is filed with the authority (2025-06-01). */
const FACE_FILING_LIMIT = 100_000;
const REJECTION_DAYS = 30;
const DAY_MS = 86_400_000;

export type ConsoleDashboard = {
  read(caller: StaffCaller, batchId?: string): Promise<RouteOutput<'getDashboard'>>;
};

export function createConsoleDashboard({ storage, clock }: Needs): ConsoleDashboard {
  return {
    async read({ schools }, batchId) {
      const now = clock();
      const since = new Date(now.getTime() - REJECTION_DAYS * DAY_MS);
      const { oldestSubmittedAt, ...queue } = await storage.desk.queueFacts(
        now,
        beijingMidnight(now),
        schools,
        batchId,
      );
      return {
        funnel: await storage.desk.countByState(schools, batchId),
        queue: {
          ...queue,
          ...(oldestSubmittedAt ? { oldestSubmittedAt: oldestSubmittedAt.toISOString() } : {}),
        },
        rejections: await storage.desk.rejectionCounts(since, schools, batchId),
        stations: (await storage.desk.stations(schools)).map(stationOf),
        faces: { stored: await storage.desk.countFaces(schools), filingLimit: FACE_FILING_LIMIT },
      };
    },
  };
}

function stationOf(station: Station): RouteOutput<'getDashboard'>['stations'][number] {
  return {
    stationId: station.id,
    name: station.name,
    ...(station.lastSeenAt ? { lastSeenAt: station.lastSeenAt.toISOString() } : {}),
    outboxLength: station.outboxLength ?? 0,
    parked: station.parked ?? 0,
    version: station.version ?? '',
  };
}
