import {
  createManualClock,
  SMS_NOTICE_TEMPLATES,
  type SmsSimulator,
  startSmsSimulator,
} from '@gradshot/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GraduateMessage } from '../../ports/messages/graduate-messages.ts';
import { createTencentSmsMessages } from './tencent-sms-messages.ts';

const clock = createManualClock();
const whys: string[] = [];
let simulator: SmsSimulator;

beforeAll(async () => {
  simulator = await startSmsSimulator({ now: clock.now });
});
afterAll(() => simulator.close());
beforeEach(() => {
  whys.length = 0;
  clock.advance({ minutes: 1 });
});

const connect = (changes: object = {}) =>
  createTencentSmsMessages({
    ...simulator.credentials,
    baseUrl: simulator.url,
    timeoutMs: 400,
    now: clock.now,
    templates: SMS_NOTICE_TEMPLATES,
    report: ({ why }) => whys.push(why),
    ...changes,
  });

const message = (changes: Partial<GraduateMessage> = {}): GraduateMessage => ({
  to: '13900000000',
  kind: 'review',
  orderId: '00000000-0000-4000-8000-000000000001',
  facts: {
    orderNo: '2026112300000042',
    orderTail: '0042',
    state: '采集完成',
    advice: '审核通过，可以下载照片',
    time: '2026年11月23日 15:01',
  },
  ...changes,
});

describe('notices by Tencent SMS', () => {
  it('fill the template of their kind', async () => {
    expect(await connect().send(message())).toEqual({ kind: 'sent' });
    expect(simulator.messages.at(-1)).toMatchObject({
      phone: '13900000000',
      templateId: SMS_NOTICE_TEMPLATES.review.templateId,
      params: ['0042', '采集完成'],
    });
    expect(simulator.messages.at(-1)?.text).toContain('采集完成');
    expect(simulator.lastCodeFor('13900000000')).toBeUndefined();
  });

  it('wait when the number got one just before, and nobody is alarmed', async () => {
    await connect().send(message());
    expect(await connect().send(message())).toEqual({
      kind: 'unavailable',
      why: 'LimitExceeded.PhoneNumberThirtySecondLimit',
    });
    expect(whys).toEqual([]);
  });

  it('are refused for good by a blocked number and by a wrong template', async () => {
    simulator.refused.add('13900000009');
    expect(await connect().send(message({ to: '13900000009' }))).toMatchObject({ kind: 'refused' });
    const templates = { review: { templateId: '9', params: [] } };
    expect(await connect({ templates }).send(message())).toMatchObject({ kind: 'refused' });
    expect(await connect({ templates: {} }).send(message())).toMatchObject({ kind: 'refused' });
    expect(whys).toEqual(['FailedOperation.TemplateIncorrectOrUnapproved']);
  });

  it('may be tried again when the account is refused or nobody answers', async () => {
    const wrong = await connect({ secretKey: 'wrong' }).send(message());
    expect(wrong).toMatchObject({ kind: 'unavailable', why: 'AuthFailure.SignatureFailure' });
    const away = await connect({ baseUrl: 'http://127.0.0.1:9' }).send(message());
    expect(away).toMatchObject({ kind: 'unavailable', why: 'unreachable' });
  });
});
