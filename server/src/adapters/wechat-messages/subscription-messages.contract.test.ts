import {
  createManualClock,
  type FlakyProxy,
  startFlakyProxy,
  startWechatLoginSimulator,
  WECHAT_NOTICE_TEMPLATES,
  type WechatLoginSimulator,
} from '@gradshot/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GraduateMessage, GraduateMessages } from '../../ports/messages/graduate-messages.ts';
import { createWechatMessages } from './subscription-messages.ts';

const clock = createManualClock();
const told: unknown[] = [];
let simulator: WechatLoginSimulator;
let line: FlakyProxy;
let sender: GraduateMessages;

const { templateId } = WECHAT_NOTICE_TEMPLATES.review;

beforeAll(async () => {
  simulator = await startWechatLoginSimulator({ now: clock.now });
  line = await startFlakyProxy(simulator.url);
});
afterAll(async () => {
  await line.close();
  await simulator.close();
});
beforeEach(() => {
  line.heal();
  simulator.busy = false;
  told.length = 0;
  sender = connect({});
});

const connect = (changes: object) =>
  createWechatMessages({
    ...simulator.credentials,
    baseUrl: line.url,
    timeoutMs: 400,
    now: clock.now,
    templates: WECHAT_NOTICE_TEMPLATES,
    report: (trouble) => told.push(trouble),
    ...changes,
  });

const message = (changes: Partial<GraduateMessage> = {}): GraduateMessage => ({
  to: simulator.openidOf('graduate'),
  kind: 'review',
  orderId: '00000000-0000-4000-8000-000000000001',
  facts: {
    orderNo: '2026112300000042',
    orderTail: '0042',
    state: '审核未通过',
    advice: '请按原因尽快重新拍照，无需重复付费',
    time: '2026年11月23日 15:01',
  },
  ...changes,
});

describe('WeChat subscription messages', () => {
  it('arrive with the fields of the template, once for each time the graduate agreed', async () => {
    simulator.subscribe('graduate', templateId);
    expect(await sender.send(message())).toEqual({ kind: 'sent' });
    expect(simulator.messages.at(-1)).toMatchObject({
      openid: simulator.openidOf('graduate'),
      templateId,
      page: 'pages/order/index?orderId=00000000-0000-4000-8000-000000000001',
      data: { character_string1: '2026112300000042', phrase2: '审核未通过' },
    });
    expect(await fetch(simulator.url).then((page) => page.text())).toContain('审核未通过');
    expect(await sender.send(message())).toEqual({ kind: 'refused', why: '43101' });
    expect(told).toEqual([]);
  });

  it('ask for one access token, and for another shortly before it ends', async () => {
    const asked = () => simulator.accessTokens.asked;
    const before = asked();
    await Promise.all([sender.send(message()), sender.send(message())]);
    await sender.send(message());
    expect(asked() - before).toBe(1);
    clock.advance({ minutes: 121 });
    await sender.send(message());
    expect(asked() - before).toBe(2);
  });

  it('go on with a new token when somebody replaced the one at hand', async () => {
    await sender.send(message());
    simulator.accessTokens.replace();
    simulator.subscribe('graduate', templateId);
    expect(await sender.send(message())).toEqual({ kind: 'sent' });
  });

  it('are refused for good to a stranger, and for contents that do not fit', async () => {
    expect(await sender.send(message({ to: 'o-stranger' }))).toEqual({
      kind: 'refused',
      why: '40003',
    });
    expect(told).toEqual([]);
    const facts = { ...message().facts, state: 'rejected' };
    expect(await sender.send(message({ facts }))).toEqual({ kind: 'refused', why: '47003' });
    const other = connect({ templates: { review: { templateId: 'none', fields: {} } } });
    expect(await other.send(message())).toEqual({ kind: 'refused', why: '40037' });
    expect(told).toEqual([{ why: '47003' }, { why: '40037' }]);
    const bare = connect({ templates: {} });
    expect(await bare.send(message())).toEqual({ kind: 'refused', why: 'noTemplate' });
  });

  it('may be tried again when WeChat is busy or refuses our credentials', async () => {
    simulator.busy = true;
    expect(await sender.send(message())).toEqual({ kind: 'unavailable', why: '-1' });
    simulator.busy = false;
    const wrong = connect({ appSecret: 'wrong' });
    expect(await wrong.send(message())).toEqual({ kind: 'unavailable', why: '40125' });
    expect(JSON.stringify(told)).not.toContain(simulator.credentials.appSecret);
    simulator.subscribe('graduate', templateId);
    expect(await sender.send(message())).toEqual({ kind: 'sent' });
  });

  it.each([
    ['down', { offline: true }],
    ['slow', { latencyMs: 2000 }],
    ['behind a login page', { captivePortal: true }],
    ['cutting every answer', { cutAnswerAfterBytes: 10 }],
  ])('may be tried again when the line is %s', async (_name, faults) => {
    Object.assign(line.faults, faults);
    expect(await sender.send(message())).toMatchObject({ kind: 'unavailable' });
  });
});
