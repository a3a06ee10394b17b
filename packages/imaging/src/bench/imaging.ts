import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { DEFAULT_PROFILE_ID, errorSentence, findPhotoProfile } from '@gradshot/domain';
import { MODELS_FOLDER } from '../cli/engine-pool.ts';
import { convertModels } from '../models/convert-models.ts';
import { loadModels } from '../runtime/load-models.ts';
import { timePeers } from './peers.ts';
import { cameraPicture, defaultPortrait } from './photo-source.ts';
import { measureThroughput, type Throughput } from './throughput.ts';
import { timePhoto } from './time-photo.ts';

const USAGE = `Usage: npm run bench:imaging -- [--portrait FILE] [--runs N] [--json] [--compare]

Times the standard photo of a 12-megapixel JPEG that is made from a portrait (by default the one in
../shared/photos): medians per stage, the floor, their ratio, memory, photos per second.`;

const WORKERS = [1, 2, 4];
const PHOTOS_PER_WORKER = 12;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      portrait: { type: 'string' },
      runs: { type: 'string', default: '25' },
      json: { type: 'boolean', default: false },
      compare: { type: 'boolean', default: false },
    },
  });
  const portrait = values.portrait ?? defaultPortrait();
  const runs = Number(values.runs);
  if (portrait === undefined || !(runs >= 1)) {
    console.error(USAGE);
    return 2;
  }
  await convertModels(MODELS_FOLDER);
  const source = await cameraPicture(portrait);
  const result = await measure(source, runs, values.compare);
  if (result === undefined) return 1;
  console.log(values.json ? JSON.stringify(result, null, 2) : describe(result));
  return 0;
}

async function measure(source: Uint8Array, runs: number, compare: boolean) {
  const profile = findPhotoProfile(DEFAULT_PROFILE_ID)!;
  const models = await loadModels({ modelsDir: MODELS_FOLDER, provider: 'cpu' });
  if (!models.ok) {
    console.error(errorSentence(models.error, 'en'));
    return undefined;
  }
  const photo = await timePhoto(models.value, source, profile, runs);
  await models.value.close();
  const throughput: Throughput[] = [];
  for (const workers of WORKERS) {
    throughput.push(await measureThroughput(workers, source, profile, PHOTOS_PER_WORKER * workers));
  }
  return {
    photo,
    /** The engine in a process of its own, as the kiosk runs it. */
    peakResidentMb: throughput[0]?.peakMb ?? null,
    throughput,
    peers: compare ? await timePeers(source) : [],
    machine: { cores: cpus().length, model: cpus()[0]?.model ?? '', node: process.version },
  };
}

type Measured = NonNullable<Awaited<ReturnType<typeof measure>>>;

function describe({ photo, peakResidentMb, throughput, peers }: Measured): string {
  const { stages, total, floor, ratio } = photo;
  const lines = Object.entries(stages).map(([stage, ms]) => `  ${stage.padEnd(10)} ${ms} ms`);
  return [
    `whole photo  ${total} ms (stages overlap)`,
    ...lines,
    `floor        ${floor.total} ms: decode and resize ${floor.decodeAndResize}, networks ${floor.networks}, encode ${floor.encode}`,
    `ratio        ${ratio}`,
    `resident     ${peakResidentMb} MB at most`,
    ...throughput.map((t) => `${t.workers} workers    ${t.photosPerSecond} photos/s`),
    ...peers.map(({ peer, medianMs, note }) => `${peer}: ${medianMs ?? '—'} ms (${note})`),
  ].join('\n');
}

process.exitCode = await main();
