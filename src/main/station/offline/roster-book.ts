import type { OfflineBatch, OfflinePerson } from '@gradshot/contract';
import { finderText, isRosterTooOld, rosterAgeDays } from '@gradshot/domain';
import { keyedDigest } from '@gradshot/storage';
import type { Clock } from '../ground/clock.ts';
import type { OfflineRosterHead, OfflineRosterTable } from '../store/offline-roster-table.ts';
import type { Enrolment, Settings } from '../store/settings.ts';

/** The school's roster as this station has it, for as long as it counts. */
export type RosterBook = {
  /** Undefined where there is none, or none that counts any more. */
  head(): OfflineRosterHead | undefined;
  ageDays(): number;
  /** Everybody of an open batch whose 学号, 考生号 or name that is, whole. */
  search(text: string): readonly OfflinePerson[];
  find(
    entryId: string,
  ): { readonly person: OfflinePerson; readonly batch: OfflineBatch } | undefined;
  /** The server has said that this is still the one. */
  confirmed(): void;
  replace(head: Omit<OfflineRosterHead, 'toldAt'>): void;
  /** Thrown away, with the tries that were made by it. */
  drop(): void;
  /** The station is enrolled so now: a roster of another school or server is thrown away. */
  belongsTo(enrolment: Pick<Enrolment, 'school' | 'serverUrl'> | undefined): void;
};

export type RosterBookOptions = {
  readonly table: OfflineRosterTable;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly onChange: () => void;
};

/** Every write is waited for by the disk: what was told within the hour is new enough. */
const NEW_ENOUGH_MS = 3_600_000;

export function createRosterBook({
  table,
  settings,
  clock,
  onChange,
}: RosterBookOptions): RosterBook {
  let known = settings.get('offlineRoster');
  const become = (head: OfflineRosterHead | undefined) => {
    if (head) settings.set('offlineRoster', head);
    else settings.remove('offlineRoster');
    known = head;
    onChange();
  };
  const isOpen = ({ closesAt }: OfflineBatch) => Date.parse(closesAt) > clock.now();
  const head = () =>
    known && !isRosterTooOld(known.toldAt, clock.now()) && known.batches.some(isOpen)
      ? known
      : undefined;
  const batchOf = ({ batchId }: OfflinePerson) =>
    head()?.batches.find((batch) => batch.batchId === batchId && isOpen(batch));
  const drop = () => {
    if (!known) return;
    become(undefined);
    table.keepOnly();
  };
  return {
    head,
    ageDays: () => (known ? rosterAgeDays(known.toldAt, clock.now()) : 0),
    search(text) {
      const present = head();
      if (!present) return [];
      const digest = keyedDigest(present.key, finderText(text));
      return table.found(present.generation, digest).filter((person) => batchOf(person));
    },
    find(entryId) {
      const present = head();
      const person = present && table.person(present.generation, entryId);
      const batch = person && batchOf(person);
      return person && batch ? { person, batch } : undefined;
    },
    confirmed() {
      if (!known || Math.abs(clock.now() - known.toldAt) < NEW_ENOUGH_MS) return;
      become({ ...known, toldAt: clock.now() });
    },
    replace(next) {
      become({ ...next, toldAt: clock.now() });
      table.keepOnly(next.generation);
    },
    drop,
    belongsTo(enrolment) {
      const { school, serverUrl } = known?.enrolled ?? {};
      if (school !== enrolment?.school || serverUrl !== enrolment?.serverUrl) drop();
    },
  };
}
