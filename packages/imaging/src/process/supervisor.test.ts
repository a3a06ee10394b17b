import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HostReply, HostRequest, ImagingChild } from './protocol.ts';
import { ProcessSupervisor } from './supervisor.ts';

/** A process that does nothing until the test speaks for it. */
class StandIn implements ImagingChild {
  readonly pid = 1;
  readonly requests: HostRequest[] = [];
  say: (reply: HostReply) => void = () => {};
  end: (how: string) => void = () => {};
  post(request: HostRequest): void {
    this.requests.push(request);
  }
  onReply(listener: (reply: HostReply) => void): void {
    this.say = listener;
  }
  onExit(listener: (how: string) => void): void {
    this.end = listener;
  }
  kill(): void {
    this.end('SIGKILL');
  }
}

let children: StandIn[] = [];
let crashed: boolean[] = [];
let busy = false;
let avoided: Readonly<Record<string, string>>[] = [];
let supervisor: ProcessSupervisor;
const last = () => children.at(-1)!;

function opened(provider: 'cpu' | 'webgpu' = 'cpu'): void {
  last().say({ type: 'opened', info: { provider, trials: [], models: {}, engineVersion: '1' } });
}

beforeEach(() => {
  vi.useFakeTimers();
  children = [];
  crashed = [];
  avoided = [];
  busy = false;
  const spawn = () => {
    children.push(new StandIn());
    return last();
  };
  supervisor = new ProcessSupervisor(
    {
      spawn,
      engine: { modelsDir: 'm' },
      backOffMs: 100,
      maxBackOffMs: 1000,
      startTimeoutMs: 60_000,
      onAvoid: (all) => avoided.push(all),
      onIncident: () => {},
    },
    {
      opened: () => {},
      refused: () => {},
      reply: () => {},
      crashed: (hopeless) => crashed.push(hopeless),
      isBusy: () => busy,
    },
  );
  supervisor.start();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Time until the next process is started after this one ends. */
function timeToRespawn(): number {
  const before = children.length;
  last().end('code 139');
  let waited = 0;
  for (; children.length === before && waited < 60_000; waited += 50) vi.advanceTimersByTime(50);
  return waited;
}

describe('ProcessSupervisor', () => {
  it('waits twice as long after every crash in a row, up to a limit', () => {
    expect([1, 2, 3, 4, 5, 6].map(timeToRespawn)).toEqual([100, 200, 400, 800, 1000, 1000]);
  });

  it('starts over with short waits once a job was answered', () => {
    timeToRespawn();
    timeToRespawn();
    opened();
    supervisor.worked();
    expect(timeToRespawn()).toBe(100);
  });

  it('calls it hopeless when three processes never opened', () => {
    for (let i = 0; i < 4; i++) timeToRespawn();
    expect(crashed).toEqual([false, false, true, true]);
    opened();
    timeToRespawn();
    expect(crashed.at(-1)).toBe(false);
  });

  it('leaves a provider after repeated crashes at work, and tells the next process', () => {
    for (let i = 0; i < 2; i++) {
      opened('webgpu');
      busy = true;
      timeToRespawn();
    }
    const avoidProviders = { webgpu: expect.stringContaining('repeatedly') };
    expect(last().requests[0]).toMatchObject({ type: 'open', options: { avoidProviders } });
  });

  it('leaves a provider whose trial crashes or hangs, and has it remembered', () => {
    last().say({ type: 'trial', provider: 'cuda' });
    timeToRespawn();
    last().say({ type: 'trial', provider: 'webgpu' });
    vi.advanceTimersByTime(61_000);
    expect(avoided.at(-1)).toEqual({
      cuda: 'its trial ended the imaging process (code 139)',
      webgpu: 'its trial ended the imaging process (SIGKILL)',
    });
    const avoidProviders = { cuda: expect.any(String), webgpu: expect.any(String) };
    expect(last().requests[0]).toMatchObject({ options: { avoidProviders } });
    expect(children).toHaveLength(3);
  });

  it('lets every trial take its time, and an open engine all of it', () => {
    vi.advanceTimersByTime(50_000);
    last().say({ type: 'trial', provider: 'webgpu' });
    vi.advanceTimersByTime(50_000);
    opened('webgpu');
    vi.advanceTimersByTime(600_000);
    expect(children).toHaveLength(1);
  });

  it('does not blame a provider for a crash without work', () => {
    for (let i = 0; i < 3; i++) {
      opened('webgpu');
      timeToRespawn();
    }
    expect(supervisor.facts.avoidedProviders).toEqual({});
  });

  it('kills a process that does not close in time', async () => {
    opened();
    const killed = vi.spyOn(last(), 'kill');
    const closing = supervisor.close();
    expect(last().requests.at(-1)).toEqual({ type: 'close' });
    await vi.advanceTimersByTimeAsync(5000);
    await closing;
    expect(killed).toHaveBeenCalledOnce();
  });

  it('closes once for everybody who asks', async () => {
    opened();
    const closings = Promise.all([supervisor.close(), supervisor.close()]);
    last().end('code 0');
    await closings;
    await supervisor.close();
    expect(last().requests.filter(({ type }) => type === 'close')).toHaveLength(1);
  });

  it('does not start another process after closing', async () => {
    last().end('code 1');
    await supervisor.close();
    vi.advanceTimersByTime(60_000);
    expect(children).toHaveLength(1);
  });
});
