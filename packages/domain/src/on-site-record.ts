import type { Release } from './release.ts';
import type { OnSiteQuestion } from './requirements.ts';

/**
 * 现场核对: what staff at the station say about a photo while its graduate stands before them. It goes
 * with the photo to the reviewer, and with it when its time is over.
 */
export type OnSiteRecord = {
  /** To the operator's list; what has no answer was not looked at. */
  readonly answers?: OnSiteAnswers;
  /** Where they took a photo that the machine refused. */
  readonly release?: Release;
  /** What the reviewer should know beyond it, of this photo or this person. */
  readonly note?: string;
};

export const ON_SITE_ANSWERS = ['kept', 'notKept'] as const;
export type OnSiteAnswer = (typeof ON_SITE_ANSWERS)[number];
export type OnSiteAnswers = { readonly [Q in OnSiteQuestion]?: OnSiteAnswer };

export const MAX_ON_SITE_NOTE = 200;

/** Undefined where nothing is said. */
export function spokenRecord({ answers, release, note }: OnSiteRecord): OnSiteRecord | undefined {
  const record = {
    ...(answers && Object.keys(answers).length > 0 ? { answers } : {}),
    ...(release ? { release } : {}),
    ...(note ? { note } : {}),
  };
  return Object.keys(record).length > 0 ? record : undefined;
}
