import * as calendar from './console-calendar.ts';
import * as desk from './console-desk.ts';
import * as refunds from './console-refunds.ts';
import * as review from './console-review.ts';
import * as roster from './console-roster.ts';
import * as stations from './console-stations.ts';
import { saveOfflineCollection } from './offline-collection.ts';

/** Every route of the staff console, by id. */
export const CONSOLE_ROUTES = {
  loginStaff: desk.loginStaff,
  getStaff: desk.getStaff,
  logoutStaff: desk.logoutStaff,
  changePassword: desk.changePassword,
  listStaff: desk.listStaff,
  saveStaff: desk.saveStaff,
  getDashboard: desk.getDashboard,
  listBatches: desk.listBatches,
  saveSchool: desk.saveSchool,
  saveBatch: desk.saveBatch,
  importRoster: desk.importRoster,
  importRosterPhotos: roster.importRosterPhotos,
  listRoster: roster.listRoster,
  exportRoster: roster.exportRoster,
  listRosterLog: roster.listRosterLog,
  saveIdentityBands: roster.saveIdentityBands,
  saveOfflineCollection,
  createEnrolmentCode: desk.createEnrolmentCode,
  listStations: stations.listStations,
  getStationRecord: stations.getStationRecord,
  disableStation: stations.disableStation,
  enableStation: stations.enableStation,
  grantStationRight: stations.grantStationRight,
  saveCustomerService: desk.saveCustomerService,
  getWorkYear: calendar.getWorkYear,
  saveWorkYear: calendar.saveWorkYear,
  listConversations: desk.listConversations,
  listConversation: desk.listConversation,
  answerConversation: desk.answerConversation,
  streamConsoleEvents: desk.streamConsoleEvents,
  claimReview: review.claimReview,
  renewReview: review.renewReview,
  releaseReview: review.releaseReview,
  approveReview: review.approveReview,
  rejectReview: review.rejectReview,
  takeBackReview: review.takeBackReview,
  getConsolePhoto: review.getConsolePhoto,
  searchOrders: review.searchOrders,
  getConsoleOrder: review.getConsoleOrder,
  withdrawOrder: review.withdrawOrder,
  refundOrder: review.refundOrder,
  listDueRefunds: refunds.listDueRefunds,
  returnDuePayment: refunds.returnDuePayment,
  noteDuePaymentReturned: refunds.noteDuePaymentReturned,
  listDeskTakings: refunds.listDeskTakings,
} as const;
