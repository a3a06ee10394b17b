import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { standardizationReport } from '@gradshot/contract';
import { portraitFromDependency } from '../../e2e/support/portrait.ts';
import type { ConsoleWorld } from './console-world.ts';
import { type SubmittedPhoto, submitPhoto } from './submitted-photo.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const ENGINE = join(ROOT, 'packages/imaging/src/cli/main.ts');

/** A drawn portrait, standardised by the real engine, uploaded and handed in. */
export async function submitPortrait(
  world: ConsoleWorld,
  student: number,
): Promise<SubmittedPhoto> {
  const folder = await mkdtemp(join(tmpdir(), 'gradshot-portrait-'));
  try {
    const original = await portraitFromDependency();
    await writeFile(join(folder, 'shot.jpg'), original);
    const out = join(folder, 'out');
    await promisify(execFile)(process.execPath, [ENGINE, join(folder, 'shot.jpg'), '--out', out]);
    const standard = await readFile(join(out, 'shot.jpg'));
    const written: unknown = JSON.parse(await readFile(join(out, 'shot.json'), 'utf8'));
    const report = standardizationReport.parse(reportIn(written));
    const meta = {
      originalSha256: sha256(original),
      originalType: 'image/jpeg' as const,
      standardSha256: sha256(standard),
      capturedAt: new Date().toISOString(),
      report,
    };
    return await submitPhoto(world, student, { meta, original, standard });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The command line may wrap the report in facts about the file. */
function reportIn(written: unknown): unknown {
  return (written as { report?: unknown }).report ?? written;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
