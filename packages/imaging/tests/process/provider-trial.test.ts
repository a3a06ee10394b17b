/**
 * Trials of real drivers in a real imaging process: a software Vulkan driver, and one that brings
 * the process down when it is loaded.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProviderChoice } from '../../src/api.ts';
import { createImagingProcess, type ImagingProcess } from '../../src/process/client.ts';
import { forkImagingChild } from '../../src/process/imaging-child.ts';
import { providerMemory } from '../../src/process/provider-memory.ts';
import { MODELS_DIR, openTestModels } from '../face/test-models.ts';
import { writeTinyModels } from '../models/tiny-models.ts';

/** SwiftShader as Debian's Chromium brings it; the variable names another driver's manifest. */
const DRIVER =
  process.env.GRADSHOT_TEST_VULKAN_DRIVER ?? '/usr/lib/chromium/vk_swiftshader_icd.json';
const hasDriver = process.platform === 'linux' && existsSync(DRIVER);
const hasCompiler = process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0;

let folder: string;
let tiny: string[] = [];
let imaging: ImagingProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gradshot-trial-'));
});
afterEach(async () => {
  await imaging?.close();
  vi.unstubAllEnvs();
  for (const made of [folder, ...tiny]) rmSync(made, { recursive: true, force: true });
  tiny = [];
});

function tinyModels(): string {
  const made = writeTinyModels();
  tiny.push(made);
  return made;
}

/** Starts the engine with a Vulkan driver and waits until it is open. */
async function start(driver: string, modelsDir: string, provider: ProviderChoice) {
  vi.stubEnv('VK_ICD_FILENAMES', driver);
  const memory = providerMemory(path.join(folder, 'providers.json'));
  imaging = createImagingProcess({
    spawn: () => forkImagingChild(),
    engine: { modelsDir, provider, avoidProviders: memory.recall() },
    backOffMs: 10,
    onAvoid: (avoided) => memory.keep(avoided),
  });
  const ready = await imaging.ready();
  if (!ready.ok) throw new Error(JSON.stringify(ready.error));
  const webgpu = ready.value.trials.find((trial) => trial.provider === 'webgpu');
  return { ...ready.value, webgpu, restarts: imaging.health().restarts };
}

describe.skipIf(!hasDriver)(`WebGPU on a software driver (skipped without ${DRIVER})`, () => {
  it('is slower than the CPU and left for it', async () => {
    const { provider, webgpu, restarts } = await start(DRIVER, tinyModels(), 'auto');
    expect({ provider, restarts }).toEqual({ provider: 'cpu', restarts: 0 });
    expect(webgpu).toMatchObject({
      usable: false,
      why: 'slower',
      reason: expect.stringMatching(/^slower than cpu: [\d.]+ ms against [\d.]+ ms$/),
    });
  }, 60_000);

  it('is taken when it was asked for by name, since it agrees with the CPU', async () => {
    const { provider, webgpu } = await start(DRIVER, tinyModels(), 'webgpu');
    expect(provider).toBe('webgpu');
    expect(webgpu).toMatchObject({ usable: true, medianMs: expect.any(Number) });
  }, 60_000);

  it.skipIf(process.env.GRADSHOT_TEST_WEBGPU !== '1')(
    'agrees with the CPU on all networks of the product (a minute; GRADSHOT_TEST_WEBGPU=1)',
    async () => {
      await (await openTestModels()).close();
      const { provider, webgpu } = await start(DRIVER, MODELS_DIR, 'webgpu');
      expect(webgpu).toMatchObject({ usable: true });
      expect(provider).toBe('webgpu');
      await imaging!.close();
      const auto = await start(DRIVER, MODELS_DIR, 'auto');
      expect(auto).toMatchObject({ provider: 'cpu', webgpu: { why: 'slower' } });
      console.log(webgpu, auto.webgpu);
    },
    600_000,
  );
});

/** A Vulkan driver that calls abort() as soon as it is loaded. */
function makeAbortingDriver(): string {
  const code = '__attribute__((constructor)) static void boom(void) { __builtin_abort(); }\n';
  const library = path.join(folder, 'libabort.so');
  const built = spawnSync('cc', ['-x', 'c', '-shared', '-fPIC', '-o', library, '-'], {
    input: code,
  });
  if (built.status !== 0) throw new Error(built.stderr.toString());
  const manifest = path.join(folder, 'abort.json');
  const icd = { library_path: library, api_version: '1.0.5' };
  writeFileSync(manifest, JSON.stringify({ file_format_version: '1.0.0', ICD: icd }));
  return manifest;
}

describe.skipIf(!hasCompiler)('a driver that aborts the process (skipped without cc)', () => {
  it('costs one start of it, and none when the station starts again', async () => {
    const driver = makeAbortingDriver();
    const crashed = {
      provider: 'cpu',
      webgpu: { usable: false, why: 'crashed', reason: expect.stringContaining('SIGABRT') },
    };
    expect(await start(driver, tinyModels(), 'auto')).toMatchObject({
      ...crashed,
      restarts: 1,
    });
    await imaging!.close();
    expect(await start(driver, tinyModels(), 'auto')).toMatchObject({
      ...crashed,
      restarts: 0,
    });
  }, 60_000);
});
