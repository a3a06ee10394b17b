import * as eligibility from './eligibility.ts';
import * as orders from './orders.ts';
import * as payments from './payments.ts';
import * as photos from './photos.ts';
import * as stations from './stations.ts';

/** Every route of the server, by id. Server, documents, typed clients and tests derive from it. */
export const ROUTES = {
  resolveCode: eligibility.resolveCode,
  verifyLastFour: eligibility.verifyLastFour,
  listOrders: orders.listOrders,
  getOrder: orders.getOrder,
  getService: orders.getService,
  giveConsent: orders.giveConsent,
  cancelOrder: orders.cancelOrder,
  submitOrder: orders.submitOrder,
  retakePhoto: orders.retakePhoto,
  createPayment: payments.createPayment,
  getPayment: payments.getPayment,
  wechatPayNotify: payments.wechatPayNotify,
  uploadPhoto: photos.uploadPhoto,
  getStandardPhoto: photos.getStandardPhoto,
  enrolStation: stations.enrolStation,
  getStationSettings: stations.getStationSettings,
  pullChanges: stations.pullChanges,
  stationHeartbeat: stations.stationHeartbeat,
} as const;
export type RouteId = keyof typeof ROUTES;
