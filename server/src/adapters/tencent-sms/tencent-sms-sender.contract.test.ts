import {
  createManualClock,
  type FlakyProxy,
  type SmsSimulator,
  startFlakyProxy,
  startSmsSimulator,
} from '@gradshot/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SmsSender } from '../../ports/accounts/sms-sender.ts';
import { createTencentSmsSender } from './tencent-sms-sender.ts';

const clock = createManualClock();
const whys: string[] = [];
let simulator: SmsSimulator;
let line: FlakyProxy;
let sender: SmsSender;

beforeAll(async () => {
  simulator = await startSmsSimulator({ now: clock.now });
  line = await startFlakyProxy(simulator.url);
});
afterAll(async () => {
  await line.close();
  await simulator.close();
});
beforeEach(() => {
  line.heal();
  whys.length = 0;
  clock.advance({ minutes: 1 });
  // The proxy passes another Host header on, which the signature covers: ask the simulator itself.
  sender = connect({});
});

const connect = (changes: object) =>
  createTencentSmsSender({
    ...simulator.credentials,
    baseUrl: simulator.url,
    timeoutMs: 400,
    now: clock.now,
    report: ({ why }) => whys.push(why),
    ...changes,
  });
const message = { phone: '13900000000', code: '048213', validMinutes: 5 };
const failure = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) });

describe('Tencent SMS', () => {
  it('sends code and minutes as the template’s variables', async () => {
    expect(await sender.sendLoginCode(message)).toEqual({ ok: true, value: undefined });
    expect(simulator.messages.at(-1)).toMatchObject({
      phone: message.phone,
      params: ['048213', '5'],
    });
    expect(simulator.lastCodeFor(message.phone)).toBe('048213');
    expect(await fetch(simulator.url).then((page) => page.text())).toContain('048213');
  });

  it('says how long a number has to wait', async () => {
    await sender.sendLoginCode(message);
    expect(await sender.sendLoginCode(message)).toEqual({
      ok: false,
      error: { code: 'request.tooMany', details: { seconds: 30 } },
    });
  });

  it('tells a number that cannot be reached', async () => {
    simulator.refused.add('13900000009');
    const refused = await sender.sendLoginCode({ ...message, phone: '13900000009' });
    expect(refused).toEqual(failure('request.invalid'));
    expect(await sender.sendLoginCode({ ...message, phone: '12345' })).toEqual(
      failure('request.invalid'),
    );
  });

  it.each([
    ['secretKey', 'AuthFailure.SignatureFailure'],
    ['secretId', 'AuthFailure.SignatureFailure'],
    ['signName', 'FailedOperation.SignatureIncorrectOrUnapproved'],
    ['templateId', 'FailedOperation.TemplateIncorrectOrUnapproved'],
  ])('reports a wrong %s to staff', async (name, why) => {
    const result = await connect({ [name]: 'wrong' }).sendLoginCode(message);
    expect(result).toEqual(failure('auth.smsUnavailable'));
    expect(whys).toEqual([why]);
  });

  it('is refused when its clock is wrong', async () => {
    const late = connect({ now: () => new Date(clock.now().getTime() - 301_000) });
    expect(await late.sendLoginCode(message)).toEqual(failure('auth.smsUnavailable'));
    expect(whys).toEqual(['AuthFailure.SignatureExpire']);
  });

  it.each([
    ['down', { offline: true }],
    ['slow', { latencyMs: 2000 }],
    ['behind a login page', { captivePortal: true }],
    ['cutting every answer', { cutAnswerAfterBytes: 10 }],
  ])('says so when it is %s, and does not send twice', async (_name, faults) => {
    Object.assign(line.faults, faults);
    const before = line.passed.length;
    const result = await connect({ baseUrl: line.url }).sendLoginCode(message);
    expect(result).toEqual(failure('auth.smsUnavailable'));
    expect(line.passed.length - before).toBeLessThanOrEqual(1);
  });
});
