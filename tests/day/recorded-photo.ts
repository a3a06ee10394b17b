import { errorSentence, findPhotoProfile, type StandardizationReport } from '@gradshot/domain';
import { createImagingProcess, forkImagingChild, type Progress } from '@gradshot/imaging';
import { buildReport } from '@gradshot/testkit';
import sharp from 'sharp';
import { MODELS_FOLDER } from '../../packages/imaging/src/cli/engine-pool.ts';
import { portraitPicture } from '../e2e/support/portrait.ts';
import { seeded } from '../faults/damage.ts';
import type { DayOptions } from './day-options.ts';

/** A standardization as it went once, to be replayed for every graduate. */
export type RecordedPhoto = {
  readonly report: StandardizationReport;
  readonly jpeg: Uint8Array;
  readonly progress: readonly Progress[];
  /** What it took. It counts as the machine's time at every visit, without being waited for. */
  readonly tookMs: number;
};

const CAMERA_WIDTH = 3000;
const CAMERA_HEIGHT = 4000;
const CAMERA_QUALITY = 92;
/** The first photo after a start pays for caches that the day's others find filled. */
const WARM_UPS = 2;
const BUILT_BYTES = 32_000;

export function recordPhoto(recording: DayOptions['recording']): Promise<RecordedPhoto> {
  return recording === 'engine' ? recordByEngine() : Promise.resolve(buildPhoto());
}

/** By the imaging process as the kiosk runs it, from 12 megapixels. */
async function recordByEngine(): Promise<RecordedPhoto> {
  const imaging = createImagingProcess({
    spawn: () => forkImagingChild(),
    engine: { modelsDir: MODELS_FOLDER, provider: 'cpu' },
  });
  try {
    const ready = await imaging.ready();
    if (!ready.ok) throw new Error(errorSentence(ready.error, 'en'));
    const picture = await cameraPicture();
    for (let i = 0; i < WARM_UPS; i++) await standardize(imaging, picture);
    return await standardize(imaging, picture);
  } finally {
    await imaging.close();
  }
}

async function cameraPicture(): Promise<Uint8Array> {
  return sharp(await portraitPicture())
    .resize(CAMERA_WIDTH, CAMERA_HEIGHT, { fit: 'cover' })
    .jpeg({ quality: CAMERA_QUALITY })
    .toBuffer();
}

async function standardize(
  imaging: ReturnType<typeof createImagingProcess>,
  picture: Uint8Array,
): Promise<RecordedPhoto> {
  const progress: Progress[] = [];
  const profile = findPhotoProfile('chsi-480x640');
  if (!profile) throw new Error('the profile of the sample orders is gone');
  const begun = performance.now();
  const { report, jpeg } = await imaging.standardize(picture, {
    profile,
    onProgress: (made) => progress.push(made),
  });
  const tookMs = performance.now() - begun;
  if (!report.accepted || !jpeg) throw new Error(`the portrait was refused: ${report.reason?.en}`);
  return { report, jpeg, progress, tookMs };
}

function buildPhoto(): RecordedPhoto {
  const random = seeded(BUILT_BYTES);
  const jpeg = Uint8Array.from({ length: BUILT_BYTES }, () => random() * 256);
  jpeg.set([0xff, 0xd8, 0xff, 0xe0]);
  const report = buildReport();
  return {
    ...{ report, jpeg, tookMs: report.timingsMs.total ?? 0 },
    progress: [
      { stage: 'detect', fraction: 0.4 },
      { stage: 'compose', fraction: 0.8 },
    ],
  };
}
