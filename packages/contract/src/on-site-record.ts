import {
  holdsPersonalNumber,
  MACHINE_CHECK_CODES,
  MAX_ON_SITE_NOTE,
  MAX_RELEASE_TEXT,
  type MachineCheckCode,
  ON_SITE_ANSWERS,
  ON_SITE_QUESTIONS,
  type OnSiteAnswers,
  type OnSiteRecord,
  RELEASE_CAUSE_CODES,
  type Release,
  type ReleaseCause,
} from '@gradshot/domain';
import { z } from 'zod';
import { exactly } from './exactly.ts';
import { timestamp } from './primitives.ts';

/** An answer to a question that is not on the list is refused, not dropped. */
export const onSiteAnswers = exactly<OnSiteAnswers>()(
  z.partialRecord(z.enum(ON_SITE_QUESTIONS), z.enum(ON_SITE_ANSWERS)),
);

/** What staff write about a person: never a number by which somebody is known or reached. */
const staffText = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !holdsPersonalNumber(text));

type Some<T> = [T, ...T[]];

export const release = exactly<Release>()(
  z.object({
    checks: z.array(z.enum(MACHINE_CHECK_CODES as Some<MachineCheckCode>)).min(1),
    cause: z.enum(RELEASE_CAUSE_CODES as Some<ReleaseCause>),
    text: staffText(MAX_RELEASE_TEXT).exactOptional(),
    at: timestamp,
  }),
);

/** What staff at the station say about a photo. */
export const onSiteRecord = exactly<OnSiteRecord>()(
  z
    .object({
      answers: onSiteAnswers.exactOptional(),
      release: release.exactOptional(),
      note: staffText(MAX_ON_SITE_NOTE).exactOptional(),
    })
    .meta({ id: 'OnSiteRecord' }),
);
