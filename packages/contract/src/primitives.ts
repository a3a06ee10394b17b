import {
  ACTORS,
  type CheckResult,
  ERROR_CODES,
  ORDER_STATES,
  type RefusalReason,
  type StandardizationReport,
} from '@gradshot/domain';
import { z } from 'zod';
import { exactly } from './exactly.ts';

export const id = z.uuid().describe('UUID');
/** Stands for one person of a school before its stations, whatever they are found by; says nothing else. */
export const personId = z.string().max(64);
export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256, 64 hex digits');
export const timestamp = z.iso.datetime().describe('UTC, ISO 8601');
/** Money is an integer number of fen (0.01 CNY). */
export const fen = z.int().min(0).describe('CNY fen');
export const orderState = z.enum(ORDER_STATES);
export const actor = z.enum(ACTORS);
export const errorCode = z.enum(ERROR_CODES).meta({ id: 'ErrorCode' });

export const failure = z
  .object({
    error: z.object({
      code: errorCode,
      zh: z.string(),
      en: z.string(),
      details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    }),
  })
  .meta({ id: 'Failure' });
export type FailureBody = z.infer<typeof failure>;

export const refusalReason = exactly<RefusalReason>()(
  z.object({ code: z.string(), zh: z.string(), en: z.string() }),
);

const share = z.number().min(-1).max(2);
export const checkResult = exactly<CheckResult>()(
  z.object({
    code: z.string(),
    level: z.enum(['pass', 'warn', 'fail']),
    value: z.number().nullable(),
    limit: z.union([z.number(), z.tuple([z.number(), z.number()])]).nullable(),
    unit: z.string(),
    zh: z.string(),
    en: z.string(),
    hint: z.object({ x: share, y: share, width: share, height: share }).exactOptional(),
  }),
);

export const standardizationReport = exactly<StandardizationReport>()(
  z
    .object({
      accepted: z.boolean(),
      reason: refusalReason.exactOptional(),
      profile: z.object({ id: z.string(), version: z.int() }),
      output: z
        .object({
          width: z.int(),
          height: z.int(),
          bytes: z.int(),
          quality: z.number(),
          dpi: z.number(),
        })
        .exactOptional(),
      geometry: z
        .object({
          hairTopY: z.number(),
          eyeLineY: z.number(),
          faceWidth: z.number(),
          faceCentreX: z.number(),
          rollDeg: z.number(),
          yawDeg: z.number(),
          pitchDeg: z.number(),
        })
        .exactOptional(),
      fingerprint: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .exactOptional(),
      checks: z.array(checkResult).max(200),
      timingsMs: z.record(z.string(), z.number()),
      models: z.record(z.string(), z.string()),
      provider: z.string(),
      engineVersion: z.string(),
    })
    .meta({ id: 'StandardizationReport' }),
);
