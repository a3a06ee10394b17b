import type { RouteOutput } from '@gradshot/contract';
import { fail, type OfflinePayer, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { DeskRows } from '../../ports/console/console-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OfflineRows } from '../../ports/offline/offline-repository.ts';
import type { RosterRows } from '../../ports/rosters/roster-repository.ts';

type Needs = Stored<DeskRows & OfflineRows & RosterRows> & {
  readonly clock: Clock;
};

export type OfflineSettings = {
  /** 离线采集 of a batch; null switches it off. Written down. Failure: `request.notFound`. */
  save(
    caller: StaffCaller,
    batchId: string,
    payer: OfflinePayer | null,
  ): Promise<Result<RouteOutput<'saveOfflineCollection'>>>;
};

export function createOfflineSettings({ storage, clock }: Needs): OfflineSettings {
  return {
    async save({ staffId }, batchId, payer) {
      if (!(await storage.desk.findBatch(batchId))) return fail('request.notFound');
      await storage.transaction(async ({ offline, rosters }) => {
        await rosters.lockBatch(batchId);
        await offline.savePayer(batchId, payer);
        const act = 'setOfflineCollection';
        await rosters.addAct({ batchId, at: clock(), staffId, act, count: 0 });
      });
      return ok(payer ? { offlinePayer: payer } : {});
    },
  };
}
