import type { PhotoProfile } from '@gradshot/domain';
import sharp from 'sharp';
import { standardizePhoto } from '../engine/standardize.ts';
import { encodeJpeg } from '../jpeg/size-window.ts';
import type { LoadedModels } from '../runtime/load-models.ts';
import { median, tenths } from './statistics.ts';

/** Medians in milliseconds. */
export type PhotoTimes = {
  readonly stages: Readonly<Record<string, number>>;
  readonly total: number;
  /** What no maker of this photo can leave out: see `timeFloor`. */
  readonly floor: {
    readonly decodeAndResize: number;
    readonly networks: number;
    readonly encode: number;
    readonly total: number;
  };
  /** total ÷ floor.total */
  readonly ratio: number;
};

const WARM_UP = 5;
/** The study's working size: a whole 12-megapixel picture decoded and resized by sharp. */
const FLOOR_SIZE = { width: 1200, height: 1600 };

/**
 * Times whole photos and, between them, the floor, so that whatever else the machine does falls on
 * both alike.
 */
export async function timePhoto(
  models: LoadedModels,
  source: Uint8Array,
  profile: PhotoProfile,
  runs: number,
): Promise<PhotoTimes> {
  const timed = new TimedModels(models);
  const stages: Record<string, number[]> = {};
  const floors: Floor[] = [];
  for (let run = -WARM_UP; run < runs; run++) {
    timed.ms = 0;
    const { report, jpeg } = await standardizePhoto(timed.models, source, { profile });
    if (!jpeg) throw new Error(`the bench's photo was refused: ${report.reason?.code}`);
    const networks = timed.ms;
    const floor = { networks, ...(await timeFloor(source, jpeg, report.output!.quality, profile)) };
    if (run < 0) continue;
    floors.push(floor);
    for (const [stage, ms] of Object.entries(report.timingsMs)) {
      stages[stage] = [...(stages[stage] ?? []), ms];
    }
  }
  return summarise(stages, floors);
}

type Floor = { decodeAndResize: number; networks: number; encode: number };

/** One decode with resize of the source, and one encode of the finished photo. */
async function timeFloor(
  source: Uint8Array,
  jpeg: Uint8Array,
  quality: number,
  { jpeg: { chroma } }: PhotoProfile,
): Promise<Omit<Floor, 'networks'>> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const photo = { data, width: info.width, height: info.height };
  const start = performance.now();
  await sharp(source)
    .resize({ ...FLOOR_SIZE, fit: 'fill' })
    .raw()
    .toBuffer();
  const decoded = performance.now();
  await encodeJpeg(photo, quality, chroma);
  return { decodeAndResize: decoded - start, encode: performance.now() - decoded };
}

/** The same models, adding up the time that their networks run. */
class TimedModels {
  ms = 0;
  readonly models: LoadedModels;

  constructor(models: LoadedModels) {
    const networks = Object.fromEntries(
      Object.entries(models.networks).map(([role, network]) => [
        role,
        {
          ...network,
          run: async (input: Float32Array) => {
            const start = performance.now();
            const outputs = await network.run(input);
            this.ms += performance.now() - start;
            return outputs;
          },
        },
      ]),
    );
    this.models = { ...models, networks: networks as LoadedModels['networks'] };
  }
}

function summarise(stages: Record<string, number[]>, floors: readonly Floor[]): PhotoTimes {
  const of = (part: keyof Floor) => tenths(median(floors.map((floor) => floor[part])));
  const parts = {
    decodeAndResize: of('decodeAndResize'),
    networks: of('networks'),
    encode: of('encode'),
  };
  const floor = tenths(parts.decodeAndResize + parts.networks + parts.encode);
  const { total = [], ...rest } = stages;
  const medians = Object.entries(rest).map(([stage, ms]) => [stage, tenths(median(ms))]);
  return {
    stages: Object.fromEntries(medians),
    total: tenths(median(total)),
    floor: { ...parts, total: floor },
    ratio: Math.round((median(total) / floor) * 100) / 100,
  };
}
