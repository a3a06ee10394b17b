import type { ROUTES } from '@gradshot/contract';

type Routes = typeof ROUTES;
type Endpoints = {
  readonly [Id in keyof Routes]?: readonly [method: Routes[Id]['method'], path: Routes[Id]['path']];
};

/**
 * Method and path of the routes that this client calls. The contract itself cannot come along (it
 * carries its validator); the compiler holds this copy against it, letter by letter.
 */
export const ENDPOINTS = {
  getClientSettings: ['GET', '/v1/client/settings'],
  loginWechat: ['POST', '/v1/accounts/wechat'],
  requestSmsCode: ['POST', '/v1/accounts/sms'],
  loginSms: ['POST', '/v1/accounts/sms/verify'],
  getAccount: ['GET', '/v1/accounts/me'],
  logout: ['POST', '/v1/accounts/logout'],
  resolveCode: ['POST', '/v1/eligibility/resolve'],
  readCodePicture: ['POST', '/v1/eligibility/pictures'],
  verifyLastFour: ['POST', '/v1/eligibility/verify'],
  listOrders: ['GET', '/v1/orders'],
  getOrder: ['GET', '/v1/orders/:orderId'],
  getService: ['GET', '/v1/orders/:orderId/service'],
  giveConsent: ['PUT', '/v1/orders/:orderId/consents'],
  cancelOrder: ['POST', '/v1/orders/:orderId/cancel'],
  handInPhoto: ['POST', '/v1/orders/:orderId/hand-in'],
  retakePhoto: ['POST', '/v1/orders/:orderId/retake'],
  arriveAtStation: ['PUT', '/v1/orders/:orderId/arrival'],
  createHandover: ['POST', '/v1/orders/:orderId/handovers'],
  createPayment: ['POST', '/v1/orders/:orderId/payments'],
  getPayment: ['GET', '/v1/payments/:paymentId'],
  createUpload: ['PUT', '/v1/orders/:orderId/uploads/:photoId'],
  getUpload: ['GET', '/v1/orders/:orderId/uploads/:photoId'],
  appendUpload: ['PUT', '/v1/orders/:orderId/uploads/:photoId/chunks/:offset'],
  completeUpload: ['POST', '/v1/orders/:orderId/uploads/:photoId/complete'],
  startStandardization: ['POST', '/v1/orders/:orderId/photos/:photoId/standardization'],
  getStandardization: ['GET', '/v1/orders/:orderId/photos/:photoId/standardization'],
  getStandardPhoto: ['GET', '/v1/orders/:orderId/photos/:photoId/standard'],
  getDownloads: ['GET', '/v1/orders/:orderId/downloads'],
  downloadStandard: ['GET', '/v1/orders/:orderId/downloads/standard'],
  downloadSheet: ['GET', '/v1/orders/:orderId/downloads/sheets/:layout'],
  listMessages: ['GET', '/v1/chat/messages'],
  sendMessage: ['PUT', '/v1/chat/messages/:messageId'],
  markChatRead: ['PUT', '/v1/chat/read'],
  listNotices: ['GET', '/v1/notices'],
  markNoticesRead: ['PUT', '/v1/notices/read'],
  streamEvents: ['GET', '/v1/events'],
} as const satisfies Endpoints;

export type Endpoint = keyof typeof ENDPOINTS;

type UrlParts = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
};

/** `:name` filled from `params`, `query` appended, all percent-encoded. */
export function pathOf(endpoint: Endpoint, parts: UrlParts): string {
  const path = ENDPOINTS[endpoint][1].replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(parts.params?.[name])),
  );
  const pairs = Object.entries(parts.query ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}
