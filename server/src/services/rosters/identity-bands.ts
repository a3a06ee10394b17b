import type { IdentityBands, RouteOutput } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { DeskRows } from '../../ports/console/console-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { RosterRows } from '../../ports/rosters/roster-repository.ts';

type Needs = Stored<DeskRows & RosterRows> & {
  readonly clock: Clock;
};

export type IdentityBandSettings = {
  /**
   * Photos that wait for a reviewer lose their advice and are compared anew. Null: the engine's own
   * bands again. Failure: `request.notFound`.
   */
  save(
    caller: StaffCaller,
    batchId: string,
    bands: IdentityBands | null,
  ): Promise<Result<RouteOutput<'saveIdentityBands'>>>;
};

export function createIdentityBandSettings({ storage, clock }: Needs): IdentityBandSettings {
  return {
    async save({ staffId }, batchId, bands) {
      if (!(await storage.desk.findBatch(batchId))) return fail('request.notFound');
      await storage.transaction(async ({ rosters }) => {
        await rosters.lockBatch(batchId);
        await rosters.saveIdentityBands(batchId, bands);
        await rosters.forgetOpenComparisons(batchId);
        const act = { batchId, at: clock(), staffId, act: 'setIdentityBands', count: 0 } as const;
        await rosters.addAct(act);
      });
      return ok(bands ? { identityBands: bands } : {});
    },
  };
}
