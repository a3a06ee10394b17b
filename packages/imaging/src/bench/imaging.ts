import { cpus } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DEFAULT_PROFILE_ID, errorSentence, findPhotoProfile } from '@gradshot/domain';
import { MODELS_FOLDER } from '../cli/engine-pool.ts';
import { convertModels } from '../models/convert-models.ts';
import { loadModels } from '../runtime/load-models.ts';
import { timeGuidance } from './guidance.ts';
import { timePeers } from './peers.ts';
import { cameraPicture, defaultPortrait, portraitsBeside } from './photo-source.ts';
import { measureThroughput, type Throughput } from './throughput.ts';
import { timePhoto } from './time-photo.ts';

const USAGE = `Usage: npm run bench:imaging -- [options]

Times the standard photo of a 12-megapixel JPEG that is made from a portrait: medians per stage, the
floor, their ratio, memory, photos per second, and live guidance on the portraits beside it.

  --portrait FILE   in place of the one in ../shared/photos
  --runs N          photos to take the medians of       (default: 25)
  --json            for a machine
  --compare         also other makers, those that are installed
  --peers DIR       where they are installed            (default: packages/imaging/peers);
                    npm install --prefix packages/imaging/peers
                    installs those whose licence lets them be a dependency`;

const PEERS_FOLDER = fileURLToPath(new URL('../../peers/', import.meta.url));
const WORKERS = [1, 2, 4];
const PHOTOS_PER_WORKER = 12;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      portrait: { type: 'string' },
      runs: { type: 'string', default: '25' },
      json: { type: 'boolean', default: false },
      compare: { type: 'boolean', default: false },
      peers: { type: 'string', default: PEERS_FOLDER },
      help: { type: 'boolean', default: false },
    },
  });
  const portrait = values.portrait ?? defaultPortrait();
  const runs = Number(values.runs);
  if (values.help || portrait === undefined || !(runs >= 1)) {
    console.error(USAGE);
    return values.help ? 0 : 2;
  }
  await convertModels(MODELS_FOLDER);
  const peers = values.compare ? path.resolve(values.peers) : undefined;
  const result = await measure(portrait, runs, peers);
  if (result === undefined) return 1;
  console.log(values.json ? JSON.stringify(result, null, 2) : describe(result));
  return 0;
}

async function measure(portrait: string, runs: number, peers: string | undefined) {
  const source = await cameraPicture(portrait);
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
    guidance: await timeGuidance(portraitsBeside(portrait)),
    peers: peers === undefined ? [] : await timePeers(source, peers),
    machine: { cores: cpus().length, model: cpus()[0]?.model ?? '', node: process.version },
  };
}

type Measured = NonNullable<Awaited<ReturnType<typeof measure>>>;

function describe(measured: Measured): string {
  const { stages, total, floor, ratio } = measured.photo;
  const lines = Object.entries(stages).map(([stage, ms]) => `  ${stage.padEnd(10)} ${ms} ms`);
  return [
    `whole photo  ${total} ms (stages overlap)`,
    ...lines,
    `floor        ${floor.total} ms: decode and resize ${floor.decodeAndResize}, networks ${floor.networks}, encode ${floor.encode}`,
    `ratio        ${ratio}`,
    `resident     ${measured.peakResidentMb} MB at most`,
    ...measured.throughput.map((t) => `${t.workers} workers    ${t.photosPerSecond} photos/s`),
    'guidance on one core',
    ...measured.guidance.map((g) => `  ${g.picture.padEnd(20)} ${g.framesPerSecond} frames/s`),
    ...(measured.peers.length > 0 ? describePeers(measured) : []),
  ].join('\n');
}

/** Ours first, then one line per peer. */
function describePeers({ photo, peakResidentMb, peers }: Measured): string[] {
  const row = (ms: string, mb: string, peer: string, does: string) =>
    `${ms.padStart(8)}  ${mb.padStart(6)}  ${peer.padEnd(32)} ${does}`;
  const ours = row(
    `${photo.total}`,
    `${peakResidentMb}`,
    'this engine',
    'the whole photo, all checks',
  );
  const others = peers.map(({ peer, does, medianMs, peakMb, left }) =>
    row(`${medianMs ?? '—'}`, `${peakMb ?? '—'}`, peer, left ?? does),
  );
  return ['', row('ms', 'MB', 'maker', 'what it does'), ours, ...others];
}

process.exitCode = await main();
