import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Live guidance on a 720p preview of one portrait, on one core. */
export type GuidanceTimes = {
  readonly picture: string;
  readonly medianMs: number;
  /** Of all threads together, so that other programs do not count. */
  readonly processorMs: number;
  readonly framesPerSecond: number;
};

const GUIDANCE_BENCH = fileURLToPath(new URL('./guidance-process.ts', import.meta.url));
const FRAMES = '40';

/** In a process of its own, whose libraries are held to one thread. */
export async function timeGuidance(portraits: readonly string[]): Promise<GuidanceTimes[]> {
  const args = [GUIDANCE_BENCH, ...portraits, '--frames', FRAMES];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as GuidanceTimes);
}
