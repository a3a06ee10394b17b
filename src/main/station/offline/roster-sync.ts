import { setImmediate } from 'node:timers/promises';
import type { StationSettings } from '@gradshot/contract';
import { ok, type Result } from '@gradshot/domain';
import type { OfflineRosterTable } from '../store/offline-roster-table.ts';
import type { ServerLink } from '../sync/server-link.ts';
import type { RosterBook } from './roster-book.ts';

export type RosterSyncOptions = {
  readonly book: RosterBook;
  readonly table: OfflineRosterTable;
  readonly link: ServerLink;
};

/**
 * Follows what the settings announce: throws the roster away where it is switched off, and fetches another
 * one where the version differs. Until that is whole the one before counts. A roster that changes
 * while it is fetched is fetched with the next settings.
 */
export async function followRoster(
  options: RosterSyncOptions,
  { offline }: Pick<StationSettings, 'offline'>,
): Promise<Result<unknown>> {
  const { book } = options;
  if (!offline) {
    book.drop();
    return ok(null);
  }
  if (book.head()?.version === offline.rosterVersion) {
    book.confirmed();
    return ok(null);
  }
  return fetchRoster(options);
}

async function fetchRoster({ book, table, link }: RosterSyncOptions): Promise<Result<unknown>> {
  const before = book.head()?.generation;
  const generation = (before ?? 0) + 1;
  // Of a round that was cut short.
  table.keepOnly(before ?? 0);
  let [after, people]: [string | undefined, number] = [undefined, 0];
  let version: string | undefined;
  for (;;) {
    const query: { after?: string; limit: number } = { limit: PAGE, ...(after ? { after } : {}) };
    const page = await link.asStation((client) => client.call('readOfflineRoster', { query }));
    if (!page.ok) {
      if (page.error.code === 'offline.switchedOff') book.drop();
      return page;
    }
    const { key, school, batches, service, next } = page.value;
    version ??= page.value.version;
    if (version !== page.value.version) return page;
    table.add(generation, page.value.people);
    people += page.value.people.length;
    if (!next) {
      const { school: ofSchool = '', serverUrl = '' } = link.enrolment() ?? {};
      const enrolled = { school: ofSchool, serverUrl };
      book.replace({ version, key, school, enrolled, batches, service, generation, people });
      return page;
    }
    after = next;
    // A visit at the screen is not kept waiting by a school's whole roster.
    await setImmediate();
  }
}

/** Written in one transaction, in a few milliseconds. */
const PAGE = 200;
