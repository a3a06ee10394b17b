import type { Migration } from 'kysely/migration';
import * as firstRun from './0001-first-run.ts';
import * as companion from './0002-companion.ts';
import * as staffConsole from './0010-console.ts';
import * as deskPresence from './0011-desk-presence.ts';
import * as noticeDeliveries from './0012-notice-deliveries.ts';
import * as dueRefunds from './0013-due-refunds.ts';
import * as rostersInUse from './0014-rosters-in-use.ts';
import * as printSheets from './0015-print-sheets.ts';
import * as rosterOrder from './0016-roster-order.ts';
import * as identityBands from './0017-identity-bands.ts';
import * as photoErasures from './0018-photo-erasures.ts';
import * as payer from './0019-payer.ts';
import * as uploadUsage from './0020-upload-usage.ts';
import * as stationActs from './0021-station-acts.ts';
import * as photoSteps from './0022-photo-steps.ts';
import * as stationKeys from './0023-station-keys.ts';
import * as onSiteRecord from './0024-on-site-record.ts';
import * as stationRights from './0025-station-rights.ts';
import * as deskPayments from './0026-desk-payments.ts';
import * as rosterSearches from './0027-roster-searches.ts';
import * as offlineCollection from './0028-offline-collection.ts';
import * as heldDecisions from './0030-held-decisions.ts';
import * as arrivals from './0034-arrivals.ts';
import * as refundRules from './0040-refund-rules.ts';
import * as refundRequests from './0041-refund-requests.ts';
import * as paymentList from './0042-payment-list.ts';
import * as bills from './0043-bills.ts';
import * as moneyExports from './0044-money-exports.ts';
import * as publishing from './0045-publishing.ts';
import * as approvalWithdrawals from './0046-approval-withdrawals.ts';
import * as imageChecks from './0047-image-checks.ts';
import * as rosterDrafts from './0050-roster-drafts.ts';
import * as staffSchools from './0063-staff-schools.ts';
import * as specialDays from './0070-special-days.ts';
import * as studentSearch from './0071-student-search.ts';

/** Every migration by its number; applied in this order, never changed once released. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first-run': firstRun,
  '0002-companion': companion,
  '0010-console': staffConsole,
  '0011-desk-presence': deskPresence,
  '0012-notice-deliveries': noticeDeliveries,
  '0013-due-refunds': dueRefunds,
  '0014-rosters-in-use': rostersInUse,
  '0015-print-sheets': printSheets,
  '0016-roster-order': rosterOrder,
  '0017-identity-bands': identityBands,
  '0018-photo-erasures': photoErasures,
  '0019-payer': payer,
  '0020-upload-usage': uploadUsage,
  '0021-station-acts': stationActs,
  '0022-photo-steps': photoSteps,
  '0023-station-keys': stationKeys,
  '0024-on-site-record': onSiteRecord,
  '0025-station-rights': stationRights,
  '0026-desk-payments': deskPayments,
  '0027-roster-searches': rosterSearches,
  '0028-offline-collection': offlineCollection,
  '0030-held-decisions': heldDecisions,
  '0034-arrivals': arrivals,
  '0040-refund-rules': refundRules,
  '0041-refund-requests': refundRequests,
  '0042-payment-list': paymentList,
  '0043-bills': bills,
  '0044-money-exports': moneyExports,
  '0045-publishing': publishing,
  '0046-approval-withdrawals': approvalWithdrawals,
  '0047-image-checks': imageChecks,
  '0050-roster-drafts': rosterDrafts,
  '0063-staff-schools': staffSchools,
  '0070-special-days': specialDays,
  '0071-student-search': studentSearch,
};
