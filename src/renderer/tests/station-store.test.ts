// @vitest-environment jsdom
import { type Failure, fail, ok, type Result } from '@gradshot/domain';
import { renderHook } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StationBridge, StationSnapshot } from '../../shared/index.ts';
import {
  ask,
  connectStation,
  dismissFailure,
  send,
  useBusy,
  useFailure,
  useMirror,
} from '../state/station-store.ts';
import { snapshotAt } from './test-station.tsx';

const WELCOME = snapshotAt({ step: 'welcome' });
const SCAN = snapshotAt({ step: 'scanCode' });

let answer: () => Promise<Result<unknown>>;
let names: string[];
let tell: (snapshot: StationSnapshot) => void;

beforeEach(() => {
  names = [];
  answer = async () => ok(null);
  connectStation({
    shell: 'browser',
    invoke: (name: string) => {
      names.push(name);
      return name === 'station.snapshot' ? Promise.resolve(ok(WELCOME)) : answer();
    },
    subscribe: (listener: typeof tell) => {
      tell = listener;
      return () => undefined;
    },
  } as unknown as StationBridge);
});

const busy = () => renderHook(useBusy).result.current;
const failure = (): Failure | undefined => renderHook(useFailure).result.current;
const step = () => useMirror.getState().snapshot?.session.step;

describe('the mirror', () => {
  it('asks for the first snapshot, but what was told meanwhile is newer', async () => {
    tell(SCAN);
    await Promise.resolve();
    await Promise.resolve();
    expect(step()).toBe('scanCode');
  });

  it('follows a station that was restarted and counts anew', () => {
    tell({ ...SCAN, revision: 900 });
    tell({ ...WELCOME, revision: 2 });
    expect(step()).toBe('welcome');
  });

  it('is busy from a command to its answer', async () => {
    let resolve: (result: Result<unknown>) => void = () => undefined;
    answer = () =>
      new Promise((settle) => {
        resolve = settle;
      });
    const sending = send('session.enter', {});
    expect(busy()).toBe(true);
    resolve(ok(null));
    await sending;
    expect(busy()).toBe(false);
  });

  it('is not busy with questions', () => {
    answer = () => new Promise(() => undefined);
    void ask('camera.guide', { frame: new Uint8Array(1) });
    expect(busy()).toBe(false);
  });

  it('shows a refused command’s failure until the step changes', async () => {
    tell(WELCOME);
    answer = async () => fail('network.unreachable');
    await send('session.enter', {});
    expect(failure()?.code).toBe('network.unreachable');
    tell(SCAN);
    expect(failure()).toBeUndefined();
  });

  it('shows the core’s failure before its own, and dismisses both', async () => {
    answer = async () => fail('network.timeout');
    await send('session.enter', {});
    tell({ ...WELCOME, failure: { code: 'code.expired' } });
    expect(failure()?.code).toBe('code.expired');
    dismissFailure();
    expect(names).toContain('failure.dismiss');
    tell(WELCOME);
    expect(failure()).toBeUndefined();
  });

  it('turns a broken bridge into a failure with a sentence', async () => {
    answer = () => Promise.reject(new Error('socket closed'));
    expect(await send('session.enter', {})).toEqual(fail('server.internal'));
    expect(busy()).toBe(false);
  });
});
