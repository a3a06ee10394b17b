import { MAX_CANDIDATES } from '@gradshot/domain';
import { z } from 'zod';
import { codePayload } from './eligibility.ts';
import { orderParams } from './orders.ts';
import { timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';
import { stationSettings } from './stations.ts';

/** What the companion client needs before anybody has logged in. */
export const clientSettings = z.object({
  /** Sample mode: simulators stand for 学信网, WeChat and SMS; the screen says 演示. */
  sample: z.boolean(),
  customerService: stationSettings.shape.customerService,
  /** Subscription messages to ask for after 提交 (`wx.requestSubscribeMessage`, three at most). */
  wechatTemplateIds: z.array(z.string()).max(3),
});
export type ClientSettings = z.infer<typeof clientSettings>;

export const getClientSettings = defineRoute({
  id: 'getClientSettings',
  method: 'GET',
  path: '/v1/client/settings',
  summary: 'Customer service, FAQ and message templates of the companion client',
  callers: ['public'],
  response: clientSettings,
  errors: [],
});

/** Upper bound of a picture with a 采集码: a phone's photo of a screen. */
export const MAX_CODE_PICTURE_BYTES = 12 * 1024 * 1024;

/**
 * 相册识别 of the mini-program, which has no way to read a code from a picture by itself. The
 * picture is read in memory and not kept.
 */
export const readCodePicture = defineRoute({
  id: 'readCodePicture',
  method: 'POST',
  path: '/v1/eligibility/pictures',
  summary: 'Read the QR codes in a JPEG, PNG or WebP picture; answers those worth looking up',
  callers: ['account'],
  upload: 'bytes',
  response: z.object({
    /** To be looked up in this order until one is known; what cannot be a 采集码 is left out. */
    codes: z.array(codePayload).min(1).max(MAX_CANDIDATES),
    /** The first one that is text, for clients that know of no others. */
    payload: z.string().min(1).max(4096).optional(),
  }),
  errors: ['code.unreadable', 'request.tooLarge', 'photo.notAnImage', 'photo.heicUnsupported'],
});

/**
 * Continue elsewhere: an order begun on the phone goes on at the station and the other way round.
 * `qrText` is `gradshot:handover:<token>`; the other side passes it to `resolveCode` as if it were
 * a 采集码 and asks for the last four characters, so that a photographed screen opens nothing.
 */
export const createHandover = defineRoute({
  id: 'createHandover',
  method: 'POST',
  path: '/v1/orders/:orderId/handovers',
  summary: 'A short-lived QR text that opens this order’s student on another client',
  callers: ['graduate', 'station'],
  params: orderParams,
  response: z.object({ qrText: z.string().max(256), expiresAt: timestamp }),
  status: 201,
  errors: ['order.notFound'],
});
