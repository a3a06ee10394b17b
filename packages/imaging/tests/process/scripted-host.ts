/**
 * A real imaging process whose engine does what the "picture" says, for tests of everything around
 * the engine. The picture's bytes are text: `echo`, `wait`, `die`, `throw` or `die-unless FILE`
 * (dies when FILE is missing and creates it first: the second try succeeds). The models folder's
 * name decides how opening goes.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fail, ok, type PhotoProfile } from '@gradshot/domain';
import type { Engine, EngineOptions, Standardized } from '../../src/api.ts';
import { findHostPort } from '../../src/process/host-port.ts';
import { serveEngine } from '../../src/process/serve-engine.ts';

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way; nothing may be answered before it arrives.
  for (;;);
}

function report(text: string, profile: PhotoProfile): Standardized {
  return {
    jpeg: Uint8Array.from(Buffer.from(text)),
    report: {
      accepted: true,
      profile: { id: profile.id, version: profile.version },
      checks: [],
      timingsMs: { total: process.pid },
      models: {},
      provider: 'cpu',
      engineVersion: 'scripted',
    },
  };
}

async function obey(text: string, signal?: AbortSignal): Promise<void> {
  const [order, file] = text.split(' ');
  if (order === 'die') die();
  if (order === 'throw') throw new Error('as asked');
  if (order === 'wait') await delay(30_000, undefined, signal ? { signal } : {});
  if (order === 'die-unless' && !existsSync(file!)) {
    writeFileSync(file!, '');
    die();
  }
}

async function open(options: EngineOptions) {
  if (options.modelsDir === 'missing') return fail('imaging.modelMissing', { file: 'x.onnx' });
  if (options.modelsDir === 'dies-at-start') die();
  if (options.modelsDir === 'dies-in-trial' && !options.avoidProviders?.webgpu) {
    options.onProviderTrial?.('webgpu');
    // Lets the message leave before the end.
    await delay(50);
    die();
  }
  const engine: Engine = {
    info: { provider: 'cpu', trials: [], models: { iris: 'abc' }, engineVersion: 'scripted' },
    async standardize(source, { profile, onProgress, signal }) {
      const text = Buffer.from(source).toString();
      onProgress?.({ stage: 'decode', fraction: 0.25 });
      await obey(text, signal);
      return report(text, profile);
    },
    async guide(frame) {
      await obey(Buffer.from(frame).toString());
      return { faces: frame.length, hints: [], state: 'ready' as const };
    },
    close: async () => {},
  };
  return ok(engine);
}

const port = findHostPort();
if (!port) throw new Error('to be started by a test');
serveEngine(port, open, () => process.exit(0));
