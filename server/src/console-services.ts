import { createPictureArchiveReader } from './adapters/roster-files/picture-archive.ts';
import { createRosterReader } from './adapters/roster-files/roster-reader.ts';
import { createSharpViewer } from './images/sharp-viewer.ts';
import type { Environment } from './ports/environment.ts';
import { createConsoleDashboard } from './services/console-dashboard.ts';
import { createConsoleOrders } from './services/console-orders.ts';
import { createConsolePhotos } from './services/console-photos.ts';
import { createConsoleSettings } from './services/console-settings.ts';
import { createConsoleStations } from './services/console-stations.ts';
import { createDueRefunds } from './services/due-refunds.ts';
import { createIdentityAdvising } from './services/identity-advice.ts';
import { createIdentityBandSettings } from './services/identity-bands.ts';
import { createRefunds } from './services/refunds.ts';
import { createReviewDecisions } from './services/review-decisions.ts';
import { createReviewQueue } from './services/review-queue.ts';
import { createRosterImport } from './services/roster-import.ts';
import { createRosterPeople } from './services/roster-people.ts';
import { createRosterPhotoImport } from './services/roster-photos.ts';
import { createStaffLogin } from './services/staff-login.ts';
import { createStaffMembers } from './services/staff-members.ts';

/** Everything behind the staff console. */
export function createConsoleServices(environment: Environment) {
  return {
    staffLogin: createStaffLogin(environment),
    staffMembers: createStaffMembers(environment),
    reviewQueue: createReviewQueue(environment),
    reviewDecisions: createReviewDecisions(environment),
    consolePhotos: createConsolePhotos(environment, createSharpViewer()),
    consoleOrders: createConsoleOrders(environment),
    refunds: createRefunds(environment),
    dashboard: createConsoleDashboard(environment),
    settings: createConsoleSettings(environment),
    consoleStations: createConsoleStations(environment),
    dueRefunds: createDueRefunds(environment),
    rosters: createRosterImport(environment, createRosterReader()),
    rosterPhotos: createRosterPhotoImport(environment, createPictureArchiveReader()),
    rosterPeople: createRosterPeople(environment),
    identityAdvising: createIdentityAdvising(environment),
    identityBands: createIdentityBandSettings(environment),
  };
}
