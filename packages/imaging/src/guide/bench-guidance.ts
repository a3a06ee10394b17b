/**
 * Times live guidance on one preview frame, on one thread, and prints JSON:
 *
 *     npm run bench:guidance -w @gradshot/imaging -- FRAME.jpg [--models DIR] [--frames N]
 *
 * Pin the process to one core (`taskset -c 0`) to see what a busy kiosk sees.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { errorSentence, PHOTO_PROFILES, type PhotoProfile } from '@gradshot/domain';
import sharp from 'sharp';
import { type LoadedModels, loadModels } from '../runtime/load-models.ts';
import { createFrameGuide } from './guide-frame.ts';

const MODELS_DIR = fileURLToPath(new URL('../../../../resources/models/', import.meta.url));
const WARM_UP = 10;

/** Median milliseconds per frame. */
async function measure(
  models: LoadedModels,
  frame: Uint8Array,
  profile: PhotoProfile,
  frames: number,
): Promise<number> {
  const guide = createFrameGuide(models);
  const times: number[] = [];
  for (let i = -WARM_UP; i < frames; i++) {
    const started = performance.now();
    await guide(frame, profile);
    if (i >= 0) times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}

/** What the preview sends: 1280 × 720 at most, moderately compressed. */
async function previewFrame(file: string): Promise<Uint8Array> {
  return sharp(await readFile(file))
    .autoOrient()
    .resize(1280, 720, { fit: 'contain', background: '#d8d8d6' })
    .jpeg({ quality: 80 })
    .toBuffer();
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    models: { type: 'string', default: MODELS_DIR },
    frames: { type: 'string', default: '60' },
  },
});
const [file] = positionals;
if (!file) throw new Error('name a picture with one face');
sharp.concurrency(1);
const loaded = await loadModels({ modelsDir: values.models, provider: 'cpu', threads: 1 });
if (!loaded.ok) throw new Error(errorSentence(loaded.error, 'en'));
const frame = await previewFrame(file);
const medianMs = await measure(loaded.value, frame, PHOTO_PROFILES[0], Number(values.frames));
await loaded.value.close();
console.log(JSON.stringify({ medianMs, framesPerSecond: 1000 / medianMs }));
