import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PHOTO_PROFILES } from '@gradshot/domain';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Progress } from '../../src/api.ts';
import {
  createImagingProcess,
  type ImagingProcess,
  type ImagingProcessOptions,
} from '../../src/process/client.ts';
import { forkImagingChild } from '../../src/process/imaging-child.ts';

const HOST = fileURLToPath(new URL('./scripted-host.ts', import.meta.url));
const profile = PHOTO_PROFILES[0];
const bytes = (text: string) => Uint8Array.from(Buffer.from(text));
const text = (jpeg: Uint8Array | undefined) => Buffer.from(jpeg ?? []).toString();

let imaging: ImagingProcess;
let incidents: string[] = [];
let folder = '';

function start(modelsDir = 'fine', options: Partial<ImagingProcessOptions> = {}): ImagingProcess {
  imaging = createImagingProcess({
    spawn: () => forkImagingChild(HOST),
    engine: { modelsDir, provider: 'auto' },
    backOffMs: 10,
    onIncident: (incident) => incidents.push(incident),
    ...options,
  });
  return imaging;
}

beforeEach(() => {
  incidents = [];
  folder = mkdtempSync(path.join(tmpdir(), 'gradshot-process-'));
});
afterEach(async () => {
  await imaging.close();
  rmSync(folder, { recursive: true });
});

const standardize = (order: string) => imaging.standardize(bytes(order), { profile });

/** Waits until a job runs in a process, and returns that process's number. */
async function busyPid(): Promise<number> {
  const progress = vi.fn();
  imaging.standardize(bytes('wait'), { profile, onProgress: progress }).catch(() => {});
  await vi.waitFor(() => expect(progress).toHaveBeenCalled(), 50_000);
  return imaging.health().pid!;
}

describe('an imaging process', () => {
  it('does the work elsewhere and passes bytes, progress and facts on', async () => {
    start();
    const ready = await imaging.ready();
    expect(ready).toMatchObject({ ok: true, value: { models: { iris: 'abc' } } });
    expect(imaging.info.engineVersion).toBe('scripted');
    const steps: Progress[] = [];
    const source = bytes('echo 照片');
    const done = await imaging.standardize(source, { profile, onProgress: (p) => steps.push(p) });
    expect(text(done.jpeg)).toBe('echo 照片');
    expect(done.report.timingsMs.total).not.toBe(process.pid);
    expect(steps).toEqual([{ stage: 'decode', fraction: 0.25 }]);
    expect(await imaging.guide(new Uint8Array(5), profile)).toMatchObject({ faces: 5 });
  });

  it('takes work before it is open', async () => {
    start();
    expect(imaging.health().state).toBe('starting');
    expect(text((await standardize('echo early')).jpeg)).toBe('echo early');
  });

  it('tries the job in hand once more when it is killed', async () => {
    start();
    await imaging.ready();
    const first = imaging.health().pid;
    const done = await standardize(`die-unless ${path.join(folder, 'marker')}`);
    expect(done.report.accepted).toBe(true);
    expect(imaging.health()).toMatchObject({ state: 'ready', restarts: 1, lastCrash: 'SIGKILL' });
    expect(imaging.health().pid).not.toBe(first);
  });

  it('survives kill -9 from outside in the middle of a job', async () => {
    start();
    process.kill(await busyPid(), 'SIGKILL');
    const recovered = { state: 'ready', restarts: 1 };
    await vi.waitFor(() => expect(imaging.health()).toMatchObject(recovered), 50_000);
    expect(imaging.health().jobs).toBe(1);
  });

  it('answers with an error value when the retry dies too, and goes on', async () => {
    start();
    const lost = await standardize('die');
    expect(lost.report).toMatchObject({
      accepted: false,
      reason: { code: 'imaging.crashed', zh: expect.stringContaining('重试') },
    });
    expect(lost.jpeg).toBeUndefined();
    expect(text((await standardize('echo after')).jpeg)).toBe('echo after');
  });

  it('does not let a deadly photo take others with it', async () => {
    start();
    await imaging.ready();
    const orders = ['echo 1', 'die', 'echo 2', 'echo 3'];
    const results = await Promise.all(orders.map(standardize));
    expect(results.map(({ report }) => report.accepted)).toEqual([true, false, true, true]);
  });

  it('answers guidance with an error value too', async () => {
    start();
    const lost = await imaging.guide(bytes('die'), profile);
    expect(lost).toMatchObject({
      faces: 0,
      state: 'blocked',
      hints: [{ code: 'imaging.crashed' }],
    });
  });

  it('rejects a cancelled job at once and lets the process go on', async () => {
    start();
    await imaging.ready();
    const controller = new AbortController();
    const job = imaging.standardize(bytes('wait'), { profile, signal: controller.signal });
    controller.abort();
    await expect(job).rejects.toMatchObject({ name: 'AbortError' });
    expect(text((await standardize('echo next')).jpeg)).toBe('echo next');
    expect(imaging.health()).toMatchObject({ restarts: 0, jobs: 0 });
  });

  it('rejects a job that was cancelled before it began', async () => {
    start();
    const signal = AbortSignal.abort();
    const job = imaging.standardize(bytes('echo'), { profile, signal });
    await expect(job).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('reports a bug of the engine without ending it', async () => {
    start();
    const failed = await standardize('throw');
    expect(failed.report.reason?.code).toBe('server.internal');
    expect(incidents.join()).toContain('as asked');
    expect(imaging.health().restarts).toBe(0);
  });

  it('kills a job that hangs', async () => {
    start('fine', { jobTimeoutMs: 300 });
    const hung = await standardize('wait');
    expect(hung.report.reason?.code).toBe('imaging.crashed');
    expect(imaging.health().restarts).toBeGreaterThanOrEqual(1);
  });

  it('says why it refuses to start, and does not try again', async () => {
    start('missing');
    const code = 'imaging.modelMissing';
    expect(await imaging.ready()).toMatchObject({ ok: false, error: { code } });
    const refused = await standardize('echo');
    expect(refused.report.reason?.code).toBe(code);
    expect(refused.report.reason?.zh).toContain('x.onnx');
    expect(imaging.health()).toMatchObject({ state: 'refused', restarts: 0 });
  });

  it('avoids a provider whose trial killed it', async () => {
    start('dies-in-trial');
    expect(await imaging.ready()).toMatchObject({ ok: true });
    expect(imaging.health()).toMatchObject({
      restarts: 1,
      avoidedProviders: { webgpu: expect.stringContaining('trial') },
    });
  });

  it('gives waiting jobs up when it cannot be started at all', async () => {
    start('dies-at-start');
    expect((await standardize('echo')).report.reason?.code).toBe('imaging.crashed');
    expect(imaging.health().restarts).toBeGreaterThanOrEqual(2);
  });

  it('answers what is left when it is closed, and ends its process', async () => {
    start();
    const pid = await busyPid();
    const waiting = standardize('wait');
    await imaging.close();
    expect((await waiting).report.reason?.code).toBe('imaging.cancelled');
    expect(() => process.kill(pid, 0)).toThrow();
    expect((await standardize('echo')).report.reason?.code).toBe('imaging.cancelled');
  });
});

it('leaves no imaging process behind when its owner is killed', async () => {
  const owner = fileURLToPath(new URL('./doomed-owner.ts', import.meta.url));
  const { stdout } = spawnSync(process.execPath, [owner], { encoding: 'utf8', timeout: 20_000 });
  const pid = Number(stdout.trim());
  expect(pid).toBeGreaterThan(1);
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), 50_000);
});
