import {
  ON_SITE_ANSWERS,
  ON_SITE_QUESTIONS,
  type OnSiteAnswers,
  type OnSiteRecord,
} from '@gradshot/domain';
import { z } from 'zod';
import { exactly } from './exactly.ts';

/** An answer to a question that is not on the list is refused, not dropped. */
export const onSiteAnswers = exactly<OnSiteAnswers>()(
  z.partialRecord(z.enum(ON_SITE_QUESTIONS), z.enum(ON_SITE_ANSWERS)),
);

/** What staff at the station say about a photo. */
export const onSiteRecord = exactly<OnSiteRecord>()(
  z.object({ answers: onSiteAnswers.exactOptional() }).meta({ id: 'OnSiteRecord' }),
);
