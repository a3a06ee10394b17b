import { QUEUE_STATES } from '@gradshot/domain';
import { z } from 'zod';
import { orderDetail, orderParams } from './orders.ts';
import { id, personId } from './primitives.ts';
import { defineRoute } from './route.ts';

/** 到场: by the graduate's own phone, which has read the code that a station shows. */
export const arriveAtStation = defineRoute({
  id: 'arriveAtStation',
  method: 'PUT',
  path: '/v1/orders/:orderId/arrival',
  summary: '到场: stand in the queue of a station by the code on its screen; repeating is success',
  callers: ['graduate'],
  params: orderParams,
  body: z.object({ code: z.string().min(1).max(128) }),
  /** With `arrival`. */
  response: orderDetail,
  errors: [
    'order.notFound',
    'arrival.codeExpired',
    'arrival.otherSchool',
    'arrival.nothingToDo',
    'arrival.stationAway',
  ],
});

/** More stand in no queue of one station. */
export const MAX_ARRIVALS = 200;

const arrived = z.object({
  arrivalId: id,
  orderId: id,
  personId,
  maskedName: z.string(),
  /** Without the last four, which the station asks for. */
  maskedIdNumber: z.string(),
});
export type Arrived = z.infer<typeof arrived>;

/** Where somebody stands who arrived by phone, as the station tells it. */
const place = z.object({
  arrivalId: id,
  number: z.string().min(1).max(8),
  state: z.enum(QUEUE_STATES),
  ahead: z.int().min(0).max(10_000),
});
export type ArrivalPlace = z.infer<typeof place>;

/** Called every few seconds while a station lets people arrive by phone. */
export const exchangeArrivals = defineRoute({
  id: 'exchangeArrivals',
  method: 'POST',
  path: '/v1/station/arrivals',
  summary: 'Tell where those stand who arrived by phone; hear who else did, and the code to show',
  callers: ['station'],
  /** Those whose place has changed since it was told. */
  body: z.object({ places: z.array(place).max(MAX_ARRIVALS) }),
  response: z.object({
    /** Told until the station has told their place. */
    arrivals: z.array(arrived).max(MAX_ARRIVALS),
    /** To be drawn as a QR code: the address of the graduates' client, with a code of this minute. */
    qrText: z.string().max(512),
    /** Afterwards whoever scans it could be too late. */
    shownForSeconds: z.int().positive(),
  }),
  errors: [],
});
