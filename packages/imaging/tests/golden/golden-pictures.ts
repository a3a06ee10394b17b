import { PHOTO_PROFILES, type PhotoProfile, type StandardizationReport } from '@gradshot/domain';
import sharp from 'sharp';
import { z } from 'zod';
import { standardizePhoto } from '../../src/engine/standardize.ts';
import { drawScene, ordinaryScene, type Scene } from '../../src/robustness/portrait-scene.ts';
import type { LoadedModels } from '../../src/runtime/load-models.ts';
import { samplePicture, samplePortrait } from '../face/sample-pictures.ts';

const [BLUE, WHITE, GREY] = PHOTO_PROFILES;

type GoldenPicture = {
  readonly name: string;
  readonly profile: PhotoProfile;
  readonly source: () => Promise<Buffer>;
};

const scene =
  (changes: Partial<Scene> = {}, width = 1000) =>
  async () => {
    const drawn = await drawScene({ ...ordinaryScene(width), ...changes });
    return drawn.jpeg({ quality: 95 }).toBuffer();
  };

/** Pictures whose results must not change unnoticed: every profile, walls, places and refusals. */
export const GOLDEN_PICTURES: readonly GoldenPicture[] = [
  { name: 'ordinary', profile: BLUE, source: scene() },
  { name: 'white-profile', profile: WHITE, source: scene() },
  { name: 'grey-profile', profile: GREY, source: scene() },
  { name: 'beige-wall', profile: BLUE, source: scene({ wall: [222, 208, 186] }) },
  { name: 'dark-wall', profile: BLUE, source: scene({ wall: [92, 98, 104] }) },
  { name: 'large', profile: BLUE, source: scene({}, 2400) },
  { name: 'aside', profile: BLUE, source: scene({ scale: 0.9, eyesX: 340 }) },
  { name: 'close', profile: BLUE, source: scene({ scale: 1.75, eyesY: 560 }) },
  { name: 'too-far', profile: BLUE, source: scene({ scale: 0.2 }) },
  { name: 'hair-cut-off', profile: BLUE, source: scene({ eyesY: 250 }) },
  { name: 'noisy-photo', profile: BLUE, source: samplePortrait },
  { name: 'group', profile: BLUE, source: () => samplePicture(6).jpeg().toBuffer() },
];

/** The photo is kept as means of 20 × 20 pixels: enough to see a change, too few to see a person. */
export const BLOCKS_ACROSS = 24;
export const BLOCKS_DOWN = 32;

const goldenSchema = z.object({
  name: z.string(),
  code: z.string(),
  /** Codes of checks that did not pass, with their level. */
  notPassed: z.record(z.string(), z.string()),
  geometry: z.record(z.string(), z.number()).optional(),
  /** Share of pixels that are exactly the background. */
  background: z.number().optional(),
  /** Interleaved R, G, B means, 0–255, base64. */
  blocks: z.string().optional(),
});
export type Golden = z.infer<typeof goldenSchema>;

export const goldensSchema = z.object({
  engineVersion: z.string(),
  models: z.record(z.string(), z.string()),
  pictures: z.array(goldenSchema),
});

/** What is held still of one picture's result. */
export async function summarise(models: LoadedModels, picture: GoldenPicture): Promise<Golden> {
  const { name, profile } = picture;
  const { report, jpeg } = await standardizePhoto(models, await picture.source(), { profile });
  return {
    name,
    code: report.reason?.code ?? 'accepted',
    notPassed: notPassed(report),
    ...(report.geometry ? { geometry: { ...report.geometry } } : {}),
    ...(jpeg ? await summarisePhoto(jpeg, profile) : {}),
  };
}

function notPassed({ checks }: StandardizationReport): Record<string, string> {
  const others = checks.filter(({ level }) => level !== 'pass');
  return Object.fromEntries(others.map(({ code, level }) => [code, level]));
}

async function summarisePhoto(jpeg: Uint8Array, { background }: PhotoProfile) {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  let same = 0;
  for (let i = 0; i < data.length; i += 3) {
    // JPEG moves a plain area by a step or two
    if (background.every((value, c) => Math.abs(value - data[i + c]!) <= 2)) same++;
  }
  const blocks = await sharp(data, { raw: { ...info, channels: 3 } })
    .resize(BLOCKS_ACROSS, BLOCKS_DOWN, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
  return { background: same / (info.width * info.height), blocks: blocks.toString('base64') };
}
