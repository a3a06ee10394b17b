import type { DeskTakings } from '@gradshot/contract';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { PaymentRows } from '../../ports/payments/payment-repository.ts';
import type { StationRows } from '../../ports/stations/station-repository.ts';
import { beijingDay } from '../school-time/beijing-day.ts';

type Needs = Stored<PaymentRows & StationRows>;
type Days = { readonly from: string; readonly until: string };

/** What stations took at their desks, to be compared with cash boxes and bills. */
export type ConsoleDeskTakings = {
  /** By day, station and method, the latest day first. */
  list(caller: StaffCaller, days: Days): Promise<DeskTakings[]>;
};

export function createConsoleDeskTakings({ storage }: Needs): ConsoleDeskTakings {
  return {
    async list({ schools }, { from, until }) {
      const found = await storage.payments.deskTakings(
        beijingDay(from).begin,
        beijingDay(until).end,
        schools,
      );
      const stations = new Map((await storage.stations.list(schools)).map((row) => [row.id, row]));
      return found
        .map((row) => {
          const { name = '', school = '' } = stations.get(row.stationId) ?? {};
          return { ...row, station: name, school };
        })
        .sort(
          (a, b) =>
            b.day.localeCompare(a.day) ||
            a.school.localeCompare(b.school) ||
            a.station.localeCompare(b.station) ||
            a.method.localeCompare(b.method),
        );
    },
  };
}
