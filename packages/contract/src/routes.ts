import * as accounts from './accounts.ts';
import * as arrivals from './arrivals.ts';
import * as chat from './chat.ts';
import * as companion from './companion.ts';
import { CONSOLE_ROUTES } from './console-routes.ts';
import * as downloads from './downloads.ts';
import * as eligibility from './eligibility.ts';
import * as offline from './offline-collection.ts';
import * as orders from './orders.ts';
import * as payments from './payments.ts';
import * as photos from './photos.ts';
import * as sealedPhotos from './sealed-photos.ts';
import * as stationRoster from './station-roster.ts';
import * as stations from './stations.ts';
import * as uploads from './uploads.ts';

/** Every route of the server, by id. Server, documents, typed clients and tests derive from it. */
export const ROUTES = {
  resolveCode: eligibility.resolveCode,
  verifyLastFour: eligibility.verifyLastFour,
  liftLastFourLock: eligibility.liftLastFourLock,
  listOrders: orders.listOrders,
  getOrder: orders.getOrder,
  getService: orders.getService,
  giveConsent: orders.giveConsent,
  cancelOrder: orders.cancelOrder,
  handInPhoto: orders.handInPhoto,
  retakePhoto: orders.retakePhoto,
  arriveAtStation: arrivals.arriveAtStation,
  createPayment: payments.createPayment,
  recordDeskPayment: payments.recordDeskPayment,
  getPayment: payments.getPayment,
  wechatPayNotify: payments.wechatPayNotify,
  deliverPhoto: photos.deliverPhoto,
  getStandardPhoto: photos.getStandardPhoto,
  enrolStation: stations.enrolStation,
  getStationSettings: stations.getStationSettings,
  pullChanges: stations.pullChanges,
  stationHeartbeat: stations.stationHeartbeat,
  searchStationRoster: stationRoster.searchStationRoster,
  confirmRosterPerson: stationRoster.confirmRosterPerson,
  listStationClasses: stationRoster.listStationClasses,
  openStationClass: stationRoster.openStationClass,
  exchangeArrivals: arrivals.exchangeArrivals,
  readOfflineRoster: offline.readOfflineRoster,
  confirmOfflineVisit: offline.confirmOfflineVisit,
  registerStationKey: sealedPhotos.registerStationKey,
  handInSealedPhoto: sealedPhotos.handInSealedPhoto,
  loginWechat: accounts.loginWechat,
  requestSmsCode: accounts.requestSmsCode,
  loginSms: accounts.loginSms,
  getAccount: accounts.getAccount,
  logout: accounts.logout,
  getClientSettings: companion.getClientSettings,
  readCodePicture: companion.readCodePicture,
  createHandover: companion.createHandover,
  createUpload: uploads.createUpload,
  getUpload: uploads.getUpload,
  appendUpload: uploads.appendUpload,
  completeUpload: uploads.completeUpload,
  startStandardization: uploads.startStandardization,
  getStandardization: uploads.getStandardization,
  getDownloads: downloads.getDownloads,
  downloadStandard: downloads.downloadStandard,
  downloadSheet: downloads.downloadSheet,
  listMessages: chat.listMessages,
  sendMessage: chat.sendMessage,
  markChatRead: chat.markChatRead,
  listNotices: chat.listNotices,
  markNoticesRead: chat.markNoticesRead,
  streamEvents: chat.streamEvents,
  ...CONSOLE_ROUTES,
} as const;
export type RouteId = keyof typeof ROUTES;
