import { PHOTO_PROFILES, type PhotoProfile } from '@gradshot/domain';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composePhoto } from '../../src/composition/compose.ts';
import { cutWorkingFrame, scaleCrop } from '../../src/composition/frame.ts';
import { aroundCrop, headAndShoulders } from '../../src/composition/person-region.ts';
import { placeSubject } from '../../src/composition/placement.ts';
import { measureFaceBox, measureSubject } from '../../src/composition/subject.ts';
import { inspectSource } from '../../src/decode/source-picture.ts';
import { SourceReader } from '../../src/decode/source-reader.ts';
import { cutOut, segment } from '../../src/engine/cut-out.ts';
import { analyseFaces } from '../../src/face/analyse-faces.ts';
import { ImagePyramid } from '../../src/picture/image-pyramid.ts';
import { drawScene, ordinaryScene } from '../../src/robustness/portrait-scene.ts';
import type { LoadedModels } from '../../src/runtime/load-models.ts';
import { openTestModels } from '../face/test-models.ts';

const PROFILE: PhotoProfile = PHOTO_PROFILES[0];
const SURE = 255;

let models: LoadedModels;
beforeAll(async () => {
  models = await openTestModels();
});
afterAll(() => models.close());

function must<T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

/** The photo before JPEG, its coverage, and which part of the source it shows. */
async function makePhoto(bytes: Buffer) {
  const reader = new SourceReader(bytes, must(await inspectSource(bytes)));
  const pyramid = new ImagePyramid(must(await reader.reduced(reader.analysisLevel())));
  const [face] = await analyseFaces(models, pyramid);
  const measures = measureFaceBox(face!);
  const around = (region: Parameters<typeof segment>[2]) => segment(models, pyramid, region);
  const subject = measureSubject(
    measures,
    await around(headAndShoulders(measures, pyramid)),
    pyramid,
  );
  const placed = placeSubject(subject, pyramid, PROFILE);
  if (!placed.ok) throw new Error(placed.fault);
  const frame = must(await cutWorkingFrame(reader, pyramid, placed.placement, PROFILE, 1));
  const matte = cutOut(frame, await around(aroundCrop(frame.crop, pyramid)));
  const photo = composePhoto(matte, PROFILE.background, 1);
  return { ...photo, part: scaleCrop(pyramid, placed.placement, PROFILE, 1) };
}

type Part = Awaited<ReturnType<typeof makePhoto>>['part'];

/** The same part of the source, resampled by the picture library alone. */
async function resample(upright: Sharp, part: Part): Promise<Buffer> {
  const { data, info } = await upright.raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize(part.pictureWidth, part.pictureHeight, { fit: 'fill', kernel: 'lanczos3' })
    .extract({ left: part.x, top: part.y, width: part.width, height: part.height })
    .raw()
    .toBuffer();
}

/** Sure pixels, and how many of them differ in any channel. */
function compare(coverage: Uint8Array, photo: Uint8Array, source: Buffer) {
  let sure = 0;
  let changed = 0;
  for (let i = 0; i < coverage.length; i++) {
    if (coverage[i] !== SURE) continue;
    sure++;
    for (let c = 3 * i; c < 3 * i + 3; c++) {
      if (photo[c] === source[c]) continue;
      changed++;
      break;
    }
  }
  return { sure, changed };
}

describe('nothing is rotated, mirrored or retouched', () => {
  // no larger, so that the source is resampled once and the comparison can be exact
  const WIDTH = 1000;
  const picture = async () => (await drawScene(ordinaryScene(WIDTH))).png().toBuffer();

  it.each([
    ['a picture as it is', (whole: Sharp) => whole.png().toBuffer(), (file: Sharp) => file],
    [
      'a camera’s file that is turned by EXIF alone',
      (whole: Sharp) =>
        whole.rotate(270).withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer(),
      (file: Sharp) => file.rotate(90),
    ],
  ])('every pixel that is surely person is the source’s: %s', async (_, encode, upright) => {
    const bytes = await encode(sharp(await picture()));
    const { image, coverage, part } = await makePhoto(bytes);
    const source = await resample(upright(sharp(bytes)), part);
    const { sure, changed } = compare(coverage, image.data, source);
    expect(sure).toBeGreaterThan(0.3 * PROFILE.width * PROFILE.height);
    expect(changed).toBe(0);
  });
});
