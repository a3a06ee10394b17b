import { createReceiptReader } from './adapters/publishing/receipt-reader.ts';
import { createXlsxWriter } from './adapters/publishing/xlsx-writer.ts';
import { createPictureArchiveReader } from './adapters/roster-files/picture-archive.ts';
import { createRosterReader } from './adapters/roster-files/roster-reader.ts';
import { createSharpViewer } from './images/sharp-viewer.ts';
import type { Environment } from './ports/environment.ts';
import { createConsoleDashboard } from './services/console/console-dashboard.ts';
import { createOfflineSettings } from './services/offline/offline-settings.ts';
import { createApprovalWithdrawals } from './services/orders/approval-withdrawals.ts';
import { createConsoleOrders } from './services/orders/console-orders.ts';
import { createBills } from './services/payments/bills.ts';
import { createConsoleDeskTakings } from './services/payments/desk-takings.ts';
import { createDueRefunds } from './services/payments/due-refunds.ts';
import { createMoneyLists } from './services/payments/money-lists.ts';
import { createRefundRequests } from './services/payments/refund-requests.ts';
import { createRefunds } from './services/payments/refunds.ts';
import { createShownRefunds } from './services/payments/shown-refunds.ts';
import { createConsolePhotos } from './services/photos/console-photos.ts';
import { createExportDesk } from './services/publishing/export-desk.ts';
import { createExportFiles } from './services/publishing/export-files.ts';
import { createExportMaking } from './services/publishing/export-making.ts';
import { createExportLooks } from './services/publishing/export-view.ts';
import { createImageChecks } from './services/publishing/image-checks.ts';
import { createReceiptApplying } from './services/publishing/receipt-applying.ts';
import { createReceipts } from './services/publishing/receipts.ts';
import { createReviewDecisions } from './services/review/review-decisions.ts';
import { createReviewQueue } from './services/review/review-queue.ts';
import { createIdentityAdvising } from './services/rosters/identity-advice.ts';
import { createIdentityBandSettings } from './services/rosters/identity-bands.ts';
import { createRosterChanges } from './services/rosters/roster-changes.ts';
import { createRosterDrafts } from './services/rosters/roster-drafts.ts';
import { createRosterImport } from './services/rosters/roster-import.ts';
import { createRosterPeople } from './services/rosters/roster-people.ts';
import { createRosterPhotoImport } from './services/rosters/roster-photos.ts';
import { createWorkYears } from './services/school-time/work-years.ts';
import { createConsoleSettings } from './services/schools/console-settings.ts';
import { createStaffLogin } from './services/staff/staff-login.ts';
import { createStaffMembers } from './services/staff/staff-members.ts';
import { createConsoleStations } from './services/stations/console-stations.ts';

/** Everything behind the staff console. */
export function createConsoleServices(environment: Environment) {
  const rosterDrafts = createRosterDrafts({ ...environment, reader: createRosterReader() });
  return {
    staffLogin: createStaffLogin(environment),
    staffMembers: createStaffMembers(environment),
    reviewQueue: createReviewQueue(environment),
    reviewDecisions: createReviewDecisions(environment),
    consolePhotos: createConsolePhotos(environment, createSharpViewer()),
    consoleOrders: createConsoleOrders(environment),
    refunds: createRefunds(environment),
    refundRequests: createRefundRequests(environment),
    shownRefunds: createShownRefunds(environment),
    dashboard: createConsoleDashboard(environment),
    settings: createConsoleSettings(environment),
    workYears: createWorkYears(environment),
    consoleStations: createConsoleStations(environment),
    dueRefunds: createDueRefunds(environment),
    bills: createBills(environment),
    moneyLists: createMoneyLists(environment),
    deskTakings: createConsoleDeskTakings(environment),
    rosterDrafts,
    rosters: createRosterImport(environment, rosterDrafts),
    rosterChanges: createRosterChanges(environment),
    rosterPhotos: createRosterPhotoImport(environment, createPictureArchiveReader()),
    rosterPeople: createRosterPeople(environment),
    identityAdvising: createIdentityAdvising(environment),
    identityBands: createIdentityBandSettings(environment),
    offlineSettings: createOfflineSettings(environment),
    approvalWithdrawals: createApprovalWithdrawals(environment),
    exportDesk: createExportDesk(environment),
    exportLooks: createExportLooks(environment),
    exportFiles: createExportFiles(environment),
    exportMaking: createExportMaking(environment, createXlsxWriter()),
    receipts: createReceipts(environment, createReceiptReader()),
    receiptApplying: createReceiptApplying(environment),
    imageChecks: createImageChecks(environment),
  };
}
