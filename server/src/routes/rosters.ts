import { fail } from '@gradshot/domain';
import type { HandlersOf } from '../plugins/handler.ts';
import type { OfflineSettings } from '../services/offline/offline-settings.ts';
import type { IdentityBandSettings } from '../services/rosters/identity-bands.ts';
import type { RosterChanges } from '../services/rosters/roster-changes.ts';
import type { RosterDrafts } from '../services/rosters/roster-drafts.ts';
import type { RosterImport } from '../services/rosters/roster-import.ts';
import type { RosterPeople } from '../services/rosters/roster-people.ts';
import type { RosterPhotoImport } from '../services/rosters/roster-photos.ts';

type Ids =
  | 'importRoster'
  | 'uploadRoster'
  | 'getRosterDraft'
  | 'planRosterDraft'
  | 'listRosterDraftRows'
  | 'editRosterDraft'
  | 'downloadBadRows'
  | 'importRosterDraft'
  | 'cancelRosterDraft'
  | 'listRosterImports'
  | 'undoRosterImport'
  | 'removeFromRoster'
  | 'moveInRoster'
  | 'importRosterPhotos'
  | 'listRoster'
  | 'exportRoster'
  | 'listRosterLog'
  | 'saveIdentityBands'
  | 'saveOfflineCollection';

export function rosterRoutes(services: {
  readonly rosters: RosterImport;
  readonly rosterDrafts: RosterDrafts;
  readonly rosterChanges: RosterChanges;
  readonly rosterPhotos: RosterPhotoImport;
  readonly rosterPeople: RosterPeople;
  readonly identityBands: IdentityBandSettings;
  readonly offlineSettings: OfflineSettings;
}): HandlersOf<Ids> {
  const { rosters, rosterDrafts: drafts, rosterChanges: changes } = services;
  const { rosterPhotos, rosterPeople, identityBands, offlineSettings } = services;
  return {
    async importRoster({ caller, params, query, request }) {
      if (!Buffer.isBuffer(request.body)) return fail('request.invalid', { field: 'body' });
      const dryRun = query.dryRun === 'true';
      return rosters.take(caller, { batchId: params.batchId, bytes: request.body, dryRun });
    },
    async uploadRoster({ caller, params, query, request }) {
      if (!Buffer.isBuffer(request.body)) return fail('request.invalid', { field: 'body' });
      return drafts.upload(caller, { ...params, ...query, bytes: request.body });
    },
    getRosterDraft: ({ params }) => drafts.view(params.draftId),
    planRosterDraft: ({ caller, params, body }) => drafts.plan(caller, params.draftId, body.plans),
    listRosterDraftRows: ({ params, query }) => drafts.rows(params.draftId, query),
    editRosterDraft: ({ params, body }) => drafts.edit(params.draftId, body.edits),
    downloadBadRows: ({ caller, params }) => drafts.badRows(caller, params.draftId),
    importRosterDraft: ({ caller, params }) => drafts.import(caller, params.draftId),
    cancelRosterDraft: ({ params }) => drafts.cancel(params.draftId),
    listRosterImports: ({ params }) => changes.imports(params.batchId),
    undoRosterImport: ({ caller, params }) => changes.undo(caller, params.importId),
    removeFromRoster: ({ caller, params, body }) => changes.remove(caller, { ...params, ...body }),
    moveInRoster: ({ caller, params, body }) => changes.move(caller, { ...params, ...body }),
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
