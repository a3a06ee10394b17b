import type { RouteOutput } from '@gradshot/contract';
import { ok, type Result } from '@gradshot/domain';
import type { ServerLink } from './server-link.ts';

export type RosterClass = {
  readonly batchId: string;
  readonly college: string;
  readonly className: string;
};

/** The rosters of the station's school, at the server, as the queue uses them. */
export type RosterDesk = {
  search(text: string): Promise<Result<RouteOutput<'searchStationRoster'>>>;
  classes(): Promise<Result<RouteOutput<'listStationClasses'>>>;
  openClass(wanted: RosterClass): Promise<Result<RouteOutput<'openStationClass'>>>;
  /** Whether a ticket's student is that person. */
  confirm(ticket: string, entryId: string): Promise<Result<boolean>>;
};

export function createRosterDesk(link: ServerLink): RosterDesk {
  return {
    search: (text) =>
      link.asStation((client) => client.call('searchStationRoster', { body: { text } })),
    classes: () => link.asStation((client) => client.call('listStationClasses')),
    openClass: (body) => link.asStation((client) => client.call('openStationClass', { body })),
    async confirm(ticket, entryId) {
      const told = await link.asStation((client) =>
        client.call('confirmRosterPerson', { body: { ticket, entryId } }),
      );
      return told.ok ? ok(told.value.same) : told;
    },
  };
}
