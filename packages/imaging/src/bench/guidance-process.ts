/**
 * Times live guidance on preview frames, on one thread, and prints a line of JSON for each:
 *
 *     npm run bench:guidance -w @gradshot/imaging -- FRAME.jpg... [--models DIR] [--frames N]
 *
 * Frames per second are those that one core can do: they are counted by processor time, which is
 * the same on a busy machine. Pin the process to one core (`taskset -c 0`) to see it in real time.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { errorSentence, PHOTO_PROFILES, type PhotoProfile } from '@gradshot/domain';
import sharp from 'sharp';
import { createFrameGuide } from '../guide/guide-frame.ts';
import { type LoadedModels, loadModels } from '../runtime/load-models.ts';
import { median, tenths } from './statistics.ts';

const MODELS_DIR = fileURLToPath(new URL('../../../../resources/models/', import.meta.url));
const WARM_UP = 10;

/** Median milliseconds per frame: in real time, and of the processor's. */
async function measure(
  models: LoadedModels,
  frame: Uint8Array,
  profile: PhotoProfile,
  frames: number,
): Promise<{ medianMs: number; processorMs: number }> {
  const guide = createFrameGuide(models);
  const times: number[] = [];
  const processor: number[] = [];
  for (let i = -WARM_UP; i < frames; i++) {
    const started = performance.now();
    const before = process.cpuUsage();
    await guide(frame, profile);
    if (i < 0) continue;
    const { user, system } = process.cpuUsage(before);
    times.push(performance.now() - started);
    processor.push((user + system) / 1000);
  }
  return { medianMs: tenths(median(times)), processorMs: tenths(median(processor)) };
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
if (positionals.length === 0) throw new Error('name pictures with one face');
sharp.concurrency(1);
const loaded = await loadModels({ modelsDir: values.models, provider: 'cpu', threads: 1 });
if (!loaded.ok) throw new Error(errorSentence(loaded.error, 'en'));
for (const file of positionals) {
  const frame = await previewFrame(file);
  const measured = await measure(loaded.value, frame, PHOTO_PROFILES[0], Number(values.frames));
  const framesPerSecond = tenths(1000 / measured.processorMs);
  console.log(JSON.stringify({ picture: path.parse(file).name, ...measured, framesPerSecond }));
}
await loaded.value.close();
