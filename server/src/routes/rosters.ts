import { fail } from '@gradshot/domain';
import type { HandlersOf } from '../plugins/handler.ts';
import type { OfflineSettings } from '../services/offline/offline-settings.ts';
import type { IdentityBandSettings } from '../services/rosters/identity-bands.ts';
import type { RosterImport } from '../services/rosters/roster-import.ts';
import type { RosterPeople } from '../services/rosters/roster-people.ts';
import type { RosterPhotoImport } from '../services/rosters/roster-photos.ts';

type Ids =
  | 'importRoster'
  | 'importRosterPhotos'
  | 'listRoster'
  | 'exportRoster'
  | 'listRosterLog'
  | 'saveIdentityBands'
  | 'saveOfflineCollection';

export function rosterRoutes(services: {
  readonly rosters: RosterImport;
  readonly rosterPhotos: RosterPhotoImport;
  readonly rosterPeople: RosterPeople;
  readonly identityBands: IdentityBandSettings;
  readonly offlineSettings: OfflineSettings;
}): HandlersOf<Ids> {
  const { rosters, rosterPhotos, rosterPeople, identityBands, offlineSettings } = services;
  return {
    async importRoster({ caller, params, query, request }) {
      if (!Buffer.isBuffer(request.body)) return fail('request.invalid', { field: 'body' });
      const dryRun = query.dryRun === 'true';
      return rosters.take(caller, { batchId: params.batchId, bytes: request.body, dryRun });
    },
    async importRosterPhotos({ caller, params, query, request }) {
      if (!Buffer.isBuffer(request.body)) return fail('request.invalid', { field: 'body' });
      const dryRun = query.dryRun === 'true';
      return rosterPhotos.take(caller, { batchId: params.batchId, bytes: request.body, dryRun });
    },
    listRoster: ({ params, query }) => rosterPeople.list({ ...params, ...query }),
    exportRoster: ({ caller, params, query }) =>
      rosterPeople.undone(caller, { ...params, ...query }),
    saveIdentityBands: ({ caller, params, body }) =>
      identityBands.save(caller, params.batchId, body.bands),
    saveOfflineCollection: ({ caller, params, body }) =>
      offlineSettings.save(caller, params.batchId, body.payer),
    listRosterLog: ({ params }) => rosterPeople.acts(params.batchId),
  };
}
