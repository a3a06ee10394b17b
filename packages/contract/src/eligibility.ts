import { z } from 'zod';
import { fen, id, orderState, personId, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';

export const student = z
  .object({
    studentId: id,
    maskedName: z.string(),
    maskedIdNumber: z.string(),
    school: z.string(),
    college: z.string().optional(),
    major: z.string().optional(),
    level: z.string().optional().describe('层次, e.g. 本科'),
    graduationYear: z.int().optional(),
  })
  .meta({ id: 'Student' });
export type Student = z.infer<typeof student>;

export const orderSummary = z
  .object({
    orderId: id,
    /** Human-readable number that customer service asks for. */
    orderNo: z.string(),
    state: orderState,
    batchId: id,
    batchName: z.string(),
    school: z.string(),
    priceFen: fen,
    profileId: z.string(),
    /** The version of that profile by which the server takes photos; a station with another stops. */
    profileVersion: z.int().positive().optional(),
    updatedAt: timestamp,
    /** Rejection reasons of the last review, when `rejected`. */
    reasons: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
  })
  .meta({ id: 'OrderSummary' });
export type OrderSummary = z.infer<typeof orderSummary>;

/** Begins the `qrText` of createHandover; anything else is a 采集码. */
export const HANDOVER_PREFIX = 'gradshot:handover:';

/** Exactly one of the two: the text of a code whose bytes are UTF-8, the bytes of every other. */
export const codePayload = z
  .union([
    z.strictObject({
      payload: z
        .string()
        .min(1)
        .max(4096)
        .describe('The QR code’s text, opaque; or the `qrText` of createHandover'),
    }),
    z.strictObject({
      payloadBase64: z
        .base64()
        .min(4)
        .max(4096)
        .describe('The QR code’s bytes, where they are no UTF-8; opaque too'),
    }),
  ])
  .meta({ id: 'CodePayload' });

/** First half: the code alone. Tells nothing but a masked name, because anybody can hold a code. */
export const resolveCode = defineRoute({
  id: 'resolveCode',
  method: 'POST',
  path: '/v1/eligibility/resolve',
  summary: 'Look up a 采集码 at the 学信网 gateway and open a ticket for the last four characters',
  callers: ['public', 'account', 'station'],
  body: codePayload,
  response: z.object({
    ticket: z.string(),
    expiresAt: timestamp,
    student: student.omit({ studentId: true }),
    /** To stations alone; servers from before tell none. */
    personId: personId.optional(),
  }),
  errors: [
    'code.notCollectionCode',
    'code.unknown',
    'code.expired',
    'code.gatewayUnavailable',
    'handover.expired',
    'eligibility.noBatch',
    'eligibility.otherSchool',
  ],
});

/**
 * Second half: proves knowledge of the ID number; opens the session and ensures the order. Called
 * with an account's token it links the student to that account as well.
 */
export const verifyLastFour = defineRoute({
  id: 'verifyLastFour',
  method: 'POST',
  path: '/v1/eligibility/verify',
  summary: 'Confirm a ticket by the last four ID characters; opens the graduate’s session',
  callers: ['public', 'account', 'station'],
  body: z.object({ ticket: z.string().min(1).max(512), lastFour: z.string().min(4).max(8) }),
  response: z.object({
    sessionToken: z.string(),
    expiresAt: timestamp,
    student,
    orders: z.array(orderSummary),
  }),
  errors: [
    'eligibility.lastFourWrong',
    'eligibility.locked',
    'eligibility.ticketExpired',
    'eligibility.noBatch',
  ],
});

/**
 * By staff at the desk, who have seen the person's ID. Needs a station with that right. The ticket stays
 * good for the last four characters; repeating is success.
 */
export const liftLastFourLock = defineRoute({
  id: 'liftLastFourLock',
  method: 'POST',
  path: '/v1/eligibility/lift-lock',
  summary: '解除锁定: open the last four characters of a ticket’s student to five more tries',
  callers: ['station'],
  body: z.object({ ticket: z.string().min(1).max(512) }),
  response: z.object({
    /** How often that may be done again today, for this student. */
    leftToday: z.int().min(0),
  }),
  errors: [
    'station.mayNotLiftLock',
    'eligibility.ticketExpired',
    'eligibility.notLocked',
    'eligibility.liftsUsedUp',
  ],
});
