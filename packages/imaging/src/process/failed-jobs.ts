import {
  errorSentence,
  type Failure,
  type PhotoProfile,
  type RefusalReason,
} from '@gradshot/domain';
import type { EngineInfo, Guidance, Standardized } from '../api.ts';

/** What the graduate is told when the engine itself failed, in the form of a refused photo. */
function refusal(failure: Failure): RefusalReason {
  return {
    code: failure.code,
    zh: errorSentence(failure, 'zh'),
    en: errorSentence(failure, 'en'),
  };
}

/** A report without measurements. */
export function failedStandardization(
  failure: Failure,
  profile: PhotoProfile,
  info: EngineInfo,
): Standardized {
  return {
    report: {
      accepted: false,
      reason: refusal(failure),
      profile: { id: profile.id, version: profile.version },
      checks: [],
      timingsMs: {},
      models: info.models,
      provider: info.provider,
      engineVersion: info.engineVersion,
    },
  };
}

/** Guidance that says why there is none. */
export function failedGuidance(failure: Failure): Guidance {
  return { faces: 0, hints: [{ ...refusal(failure), weight: 'blocks' }], state: 'blocked' };
}
