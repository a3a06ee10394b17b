import { describe, expect, it } from 'vitest';
import type { ModelEntry } from '../models/manifest.ts';
import type { Network } from './network.ts';
import type { Provider } from './provider.ts';
import { chooseProvider, type OpenModel, type TrialRequest } from './provider-trial.ts';

const entry: ModelEntry = {
  role: 'iris',
  file: 'iris.onnx',
  sha256: '0'.repeat(64),
  version: '1',
  input: { name: 'x', layout: 'NCHW', colour: 'grey', width: 2, height: 2, range: [0, 1] },
  outputs: [{ name: 'out', shape: [1], activation: 'none' }],
  licence: '',
  origin: '',
};
const models = [{ entry, bytes: new Uint8Array() }];

type Behaviour = { value?: number; busyMs?: number; throwsAt?: 'open' | 'run' };

function busy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** A machine on which each provider behaves as told; `open` counts what was not closed again. */
function machine(behaviours: Partial<Record<Provider, Behaviour>>) {
  const stillOpen: Provider[] = [];
  const open: OpenModel = async (_, { provider }): Promise<Network> => {
    const { value = 1, busyMs = 0, throwsAt } = behaviours[provider] ?? { throwsAt: 'open' };
    if (throwsAt === 'open')
      throw new Error(`/native.cc:1 got == wanted was false. no ${provider} here\n  at main`);
    stillOpen.push(provider);
    return {
      entry,
      run: async () => {
        if (throwsAt === 'run') throw new Error('device lost');
        busy(busyMs);
        return { out: Float32Array.of(value) };
      },
      close: async () => {
        stillOpen.splice(stillOpen.indexOf(provider), 1);
      },
    };
  };
  return { open, stillOpen };
}

const request = (changes: Partial<TrialRequest> = {}): TrialRequest => ({
  choice: 'webgpu',
  threads: 1,
  avoid: {},
  ...changes,
});

async function choose(webgpu: Behaviour, changes: Partial<TrialRequest> = {}) {
  const { open, stillOpen } = machine({ cpu: { busyMs: 4 }, webgpu });
  const outcome = await chooseProvider(models, request(changes), open);
  const trial = outcome.trials.find(({ provider }) => provider === 'webgpu');
  return { ...outcome, trial, stillOpen };
}

describe('chooseProvider', () => {
  it('takes a provider that agrees and is faster', async () => {
    const { provider, trial, stillOpen } = await choose({ value: 1.001 });
    expect(provider).toBe('webgpu');
    expect(trial).toMatchObject({ usable: true });
    expect(stillOpen).toEqual(['webgpu']);
  });

  it.each([
    ['does not open', { throwsAt: 'open' }, 'does not start: no webgpu here'],
    ['fails at its first run', { throwsAt: 'run' }, 'does not start: device lost'],
    ['differs', { value: 1.2 }, 'iris differs from the CPU by 20.0 %'],
    ['answers NaN', { value: Number.NaN }, 'iris differs from the CPU by Infinity %'],
  ] as const)('leaves a provider that %s', async (_, behaviour, reason) => {
    const { provider, trial, stillOpen } = await choose(behaviour);
    expect(provider).toBe('cpu');
    expect(trial).toMatchObject({ usable: false, reason });
    expect(stillOpen).toEqual(['cpu']);
  });

  it('keeps a slower provider only when it was asked for by name', async () => {
    const slow = { busyMs: 20 };
    expect((await choose(slow)).provider).toBe('webgpu');
    const { provider, trial, stillOpen } = await choose(slow, { choice: 'auto' });
    expect(provider).toBe('cpu');
    // Where there is no graphics device it is not even tried.
    const reason = expect.stringMatching(/slower|no graphics device/);
    expect(trial).toMatchObject({ usable: false, reason });
    expect(stillOpen).toEqual(['cpu']);
  });

  it('tries everything the platform has, the CPU last', async () => {
    const { trials } = await choose({}, { choice: 'auto' });
    expect(trials.length).toBeGreaterThanOrEqual(2);
    expect(trials.at(-1)).toMatchObject({ provider: 'cpu', usable: true });
  });

  it('does not touch a provider that is to be avoided', async () => {
    const touched: string[] = [];
    const { trial } = await choose(
      {},
      { avoid: { webgpu: 'it crashed' }, onTrial: (provider) => touched.push(provider) },
    );
    expect(trial).toMatchObject({ usable: false, reason: 'it crashed' });
    expect(touched).toEqual([]);
  });

  it('announces a provider before it is touched', async () => {
    const touched: string[] = [];
    await choose({ throwsAt: 'open' }, { onTrial: (provider) => touched.push(provider) });
    expect(touched).toEqual(['webgpu']);
  });

  it('tries nothing when the CPU was asked for', async () => {
    const { provider, trials } = await choose({}, { choice: 'cpu' });
    expect({ provider, trials }).toEqual({ provider: 'cpu', trials: [] });
  });
});
