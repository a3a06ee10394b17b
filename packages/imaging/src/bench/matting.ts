import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { errorSentence, type Rgb } from '@gradshot/domain';
import sharp from 'sharp';
import { MODELS_FOLDER } from '../cli/engine-pool.ts';
import { composePhoto } from '../composition/compose.ts';
import { extractMatte } from '../matte/matte.ts';
import type { Cutout } from '../matte/unmix.ts';
import { convertModels } from '../models/convert-models.ts';
import { ImagePyramid } from '../picture/image-pyramid.ts';
import type { RgbImage } from '../picture/rgb-image.ts';
import { type LoadedModels, loadModels } from '../runtime/load-models.ts';
import { MASK_SIZE, segmentPerson } from '../segmentation/person-mask.ts';
import { type MattingScores, type ScoredPhoto, scoreMatte } from './matting-scores.ts';
import { BENCH_WALLS, type BenchWall, type GroundTruth, placeBeforeWall } from './matting-walls.ts';
import { mean, median, tenths } from './statistics.ts';

const WIDTH = 480;
const HEIGHT = 640;
const BLUE: Rgb = [100, 197, 255];

type Row = MattingScores & { readonly id: string; readonly wall: string; readonly ms: number };

/** The matte as the product makes it: network, then refinement at the photo's own size. */
async function scoreOn(models: LoadedModels, truth: GroundTruth, wall: BenchWall): Promise<Row> {
  const jpeg = await sharp(placeBeforeWall(truth, wall), {
    raw: { width: truth.width, height: truth.height, channels: 3 },
  })
    .jpeg({ quality: wall.jpegQuality, chromaSubsampling: '4:2:0' })
    .toBuffer();
  const source = await sharp(jpeg).raw().toBuffer();
  const mask = await segmentPerson(
    models,
    new ImagePyramid({ data: source, width: truth.width, height: truth.height }),
  );
  const data = await sharp(jpeg).resize(WIDTH, HEIGHT, { fit: 'fill' }).raw().toBuffer();
  const frame: RgbImage = { data, width: WIDTH, height: HEIGHT };
  const start = performance.now();
  const matte = extractMatte(
    frame,
    { mask, size: MASK_SIZE, x: 0, y: 0, width: WIDTH, height: HEIGHT },
    { left: 0, top: 0, right: WIDTH, bottom: HEIGHT },
  );
  const ms = performance.now() - start;
  const scores = scoreMatte(scored(matte), truthAtPhotoSize(truth), WIDTH, HEIGHT);
  return { id: truth.id, wall: wall.name, ...scores, ms };
}

function scored(matte: Cutout): ScoredPhoto {
  return {
    alpha: Float32Array.from(matte.alpha, (value) => value / 255),
    colour: Float32Array.from(composePhoto(matte, BLUE, 1).image.data),
  };
}

/** Alpha and composite of the truth, reduced by plain means. */
function truthAtPhotoSize({ alpha, colour, width }: GroundTruth): ScoredPhoto {
  const step = width / WIDTH;
  const share = 1 / (step * step);
  const out = {
    alpha: new Float32Array(WIDTH * HEIGHT),
    colour: new Float32Array(WIDTH * HEIGHT * 3),
  };
  for (let i = 0; i < alpha.length; i++) {
    const to = Math.floor(i / width / step) * WIDTH + Math.floor((i % width) / step);
    const covered = alpha[i]!;
    out.alpha[to]! += covered * share;
    for (let c = 0; c < 3; c++) {
      const value = covered * colour[3 * i + c]! + (1 - covered) * BLUE[c]!;
      out.colour[3 * to + c]! += value * share;
    }
  }
  return out;
}

async function readTruth(folder: string, id: string): Promise<GroundTruth> {
  const alpha = await sharp(path.join(folder, `${id}.alpha.png`))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const colour = await sharp(path.join(folder, `${id}.colour.png`))
    .removeAlpha()
    .raw()
    .toBuffer();
  const { width, height, channels } = alpha.info;
  if (width % WIDTH !== 0 || height !== (width / WIDTH) * HEIGHT) {
    throw new Error(`${id}: the truth must be a whole multiple of ${WIDTH} × ${HEIGHT}`);
  }
  const values = Float32Array.from({ length: width * height }, (_, i) => {
    return alpha.data[i * channels]! / 255;
  });
  return { id, width, height, alpha: values, colour };
}

function average(rows: readonly Row[]): MattingScores {
  const of = (key: keyof MattingScores) => Number(mean(rows.map((row) => row[key])).toFixed(3));
  return { sad: of('sad'), mse: of('mse'), colour: of('colour') };
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { gt: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  if (!values.gt) {
    console.error('Usage: npm run bench:matting -- --gt FOLDER [--json]');
    return 2;
  }
  await convertModels(MODELS_FOLDER);
  const models = await loadModels({ modelsDir: MODELS_FOLDER, provider: 'cpu' });
  if (!models.ok) {
    console.error(errorSentence(models.error, 'en'));
    return 1;
  }
  const files = (await readdir(values.gt)).filter((file) => file.endsWith('.alpha.png')).sort();
  const rows: Row[] = [];
  for (const file of files) {
    const truth = await readTruth(values.gt, file.slice(0, -'.alpha.png'.length));
    for (const wall of BENCH_WALLS) rows.push(await scoreOn(models.value, truth, wall));
  }
  await models.value.close();
  report(rows, values.json);
  return 0;
}

function report(rows: readonly Row[], json: boolean): void {
  const walls = Object.fromEntries(
    BENCH_WALLS.map(({ name }) => [name, average(rows.filter(({ wall }) => wall === name))]),
  );
  const result = {
    mean: average(rows),
    walls,
    medianMs: tenths(median(rows.map(({ ms }) => ms))),
    pictures: rows,
  };
  if (json) {
    console.log(JSON.stringify(result, null, 2));
    return;
  }
  for (const { id, wall, sad, mse, colour, ms } of rows) {
    const line = [id.padEnd(20), wall, sad.toFixed(2), mse.toFixed(1), colour.toFixed(1)];
    console.log(line.join('  '), `${ms.toFixed(0)} ms`);
  }
  const { sad, mse, colour } = result.mean;
  console.log(`mean  SAD ${sad}  MSE ${mse}  colour ${colour}  median ${result.medianMs} ms`);
}

process.exitCode = await main();
