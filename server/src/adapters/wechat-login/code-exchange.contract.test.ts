import {
  createManualClock,
  type FlakyProxy,
  startFlakyProxy,
  startWechatLoginSimulator,
  type WechatLoginSimulator,
} from '@gradshot/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WechatLogin } from '../../ports/accounts/wechat-login.ts';
import { createWechatLogin } from './code-exchange.ts';

const clock = createManualClock();
const told: unknown[] = [];
let simulator: WechatLoginSimulator;
let line: FlakyProxy;
let login: WechatLogin;

beforeAll(async () => {
  simulator = await startWechatLoginSimulator({ now: clock.now });
  line = await startFlakyProxy(simulator.url);
  login = connect({});
});
afterAll(async () => {
  await line.close();
  await simulator.close();
});
beforeEach(() => {
  line.heal();
  simulator.busy = false;
  told.length = 0;
});

const connect = (changes: object) =>
  createWechatLogin({
    ...simulator.credentials,
    baseUrl: line.url,
    timeoutMs: 400,
    report: (trouble) => told.push(trouble),
    ...changes,
  });
const failure = (code: string) => ({ ok: false, error: { code } });

describe('WeChat login', () => {
  it('names the same person the same way at every login', async () => {
    const identity = { ok: true, value: { openid: simulator.openidOf('graduate') } };
    expect(await login.exchange(simulator.issueCode('graduate'))).toEqual(identity);
    expect(await login.exchange(simulator.issueCode('graduate'))).toEqual(identity);
    expect(simulator.openidOf('graduate')).not.toBe(simulator.openidOf('somebody else'));
    expect(simulator.openidOf('graduate')).toMatch(/^o[\w-]{27}$/);
  });

  it('refuses a code that was used, is old, is none, or belongs to a blocked user', async () => {
    const used = simulator.issueCode('graduate');
    await login.exchange(used);
    const old = simulator.issueCode('graduate');
    clock.advance({ minutes: 6 });
    simulator.block('stranger');
    for (const code of [used, old, 'none', '', simulator.issueCode('stranger')]) {
      expect(await login.exchange(code)).toEqual(failure('auth.wechatCode'));
    }
  });

  it.each([
    ['appId', '40013'],
    ['appSecret', '40125'],
  ])('reports a wrong %s without telling secrets', async (name, why) => {
    const result = await connect({ [name]: 'wrong' }).exchange(simulator.issueCode('graduate'));
    expect(result).toEqual(failure('auth.wechatUnavailable'));
    expect(told).toMatchObject([{ why }]);
    expect(JSON.stringify(told)).not.toContain(simulator.credentials.appSecret);
  });

  it('can be tried again with the same code when WeChat was busy', async () => {
    simulator.busy = true;
    const code = simulator.issueCode('graduate');
    expect(await login.exchange(code)).toEqual(failure('auth.wechatUnavailable'));
    simulator.busy = false;
    expect((await login.exchange(code)).ok).toBe(true);
  });

  it.each([
    ['down', { offline: true }],
    ['slow', { latencyMs: 2000 }],
    ['behind a login page', { captivePortal: true }],
    ['cutting every answer', { cutAnswerAfterBytes: 10 }],
  ])('says so when it is %s', async (_name, faults) => {
    Object.assign(line.faults, faults);
    const result = await login.exchange(simulator.issueCode('graduate'));
    expect(result).toEqual(failure('auth.wechatUnavailable'));
  });
});
