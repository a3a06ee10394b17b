import type { CheckResult, PhotoProfile } from '@gradshot/domain';
import type { EncodedPhoto } from '../jpeg/size-window.ts';
import { conclude, WHOLE_PICTURE } from './verdict.ts';

const KB = 1024;

/** Whether an allowed quality reached the size window. */
export function fileCheck(encoded: EncodedPhoto, profile: PhotoProfile): CheckResult {
  const { minBytes, maxBytes } = profile.jpeg;
  const bytes = encoded.jpeg.length;
  return conclude(
    'file.size',
    {
      value: bytes / KB,
      limit: [minBytes / KB, maxBytes / KB],
      level: encoded.inWindow ? 'pass' : 'fail',
    },
    { problem: bytes > maxBytes ? 'fileTooLarge' : 'fileTooSmall', hint: WHOLE_PICTURE },
  );
}
