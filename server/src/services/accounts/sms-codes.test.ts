import { randomBytes } from 'node:crypto';
import { fail, ok, type Result } from '@gradshot/domain';
import { beforeEach, describe, expect, test } from 'vitest';
import { hour } from '../../../tests/in-memory/rows.ts';
import { createInMemoryStorage, type InMemoryStorage } from '../../../tests/in-memory/storage.ts';
import { unwrap } from '../../../tests/in-memory/unwrap.ts';
import { createVault } from '../../security/vault.ts';
import { checkSmsCode, createSmsCodes } from './sms-codes.ts';

const PHONE = '13900000000';
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

const vault = createVault(randomBytes(32));
let storage: InMemoryStorage;
let now: number;
let sent: { phone: string; code: string; validMinutes: number }[];
let answer: Result<void>;
beforeEach(() => {
  storage = createInMemoryStorage();
  now = hour(0).getTime();
  sent = [];
  answer = ok(undefined);
});

const needs = () => ({
  ...{ storage, vault, clock: () => new Date(now) },
  sms: {
    sendLoginCode: async (message: (typeof sent)[number]) => {
      sent.push(message);
      return answer;
    },
  } as never,
});
const request = (phone = PHONE) => createSmsCodes(needs()).request(phone);
const check = (code: string, phone = PHONE) => checkSmsCode(needs(), phone, code);
const lastCode = () => sent.at(-1)?.code ?? '';
const other = (code: string) => code.replace(/^./, (digit) => String((Number(digit) + 1) % 10));

describe('a message', () => {
  test('brings six digits that serve five minutes', async () => {
    expect(unwrap(await request())).toEqual({
      expiresAt: new Date(now + 5 * MINUTE_MS).toISOString(),
      resendAfterSeconds: 60,
    });
    expect(sent).toEqual([
      { phone: PHONE, code: expect.stringMatching(/^\d{6}$/), validMinutes: 5 },
    ]);
    now += 5 * MINUTE_MS;
    expect(await check(lastCode())).toEqual(fail('auth.smsCodeExpired'));
    now -= 1;
    expect(await check(lastCode())).toEqual(ok(undefined));
  });

  test('comes a minute after the last one at the soonest, and to each number for itself', async () => {
    await request();
    now += 60 * SECOND_MS - 1;
    expect(await request()).toEqual(fail('request.tooMany', { seconds: 1 }));
    expect((await request('13900000001')).ok).toBe(true);
    now += 1;
    expect((await request()).ok).toBe(true);
    expect(sent).toHaveLength(3);
  });

  test('is one of two that are asked for at once', async () => {
    const both = await Promise.all([request(), request()]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(sent).toHaveLength(1);
  });

  test('is one of ten in a day, which begins with the first', async () => {
    const began = now;
    for (let count = 0; count < 10; count += 1) {
      expect((await request()).ok).toBe(true);
      now += MINUTE_MS;
    }
    const left = (began + DAY_MS - now) / SECOND_MS;
    expect(await request()).toEqual(fail('request.tooMany', { seconds: left }));
    now = began + DAY_MS - 1;
    expect(await request()).toEqual(fail('request.tooMany', { seconds: 1 }));
    now = began + DAY_MS;
    for (let count = 0; count < 10; count += 1) {
      expect((await request()).ok).toBe(true);
      now += MINUTE_MS;
    }
    expect((await request()).ok).toBe(false);
  });

  test('that could not be sent says so', async () => {
    answer = fail('auth.smsUnavailable');
    expect(await request()).toEqual(fail('auth.smsUnavailable'));
  });
});

describe('a code', () => {
  test('serves once, and the newest alone', async () => {
    await request();
    const first = lastCode();
    now += MINUTE_MS;
    await request();
    if (first !== lastCode()) expect((await check(first)).ok).toBe(false);
    expect(await check(lastCode())).toEqual(ok(undefined));
    expect(await check(lastCode())).toEqual(fail('auth.smsCodeExpired'));
  });

  test('serves for the number that it was sent to', async () => {
    await request();
    expect(await check(lastCode(), '13900000001')).toEqual(fail('auth.smsCodeExpired'));
    await request('13900000001');
    const [mine, yours] = sent.map(({ code }) => code);
    if (mine !== yours) expect((await check(mine ?? '', '13900000001')).ok).toBe(false);
  });

  test('is guessed at five times, the right one included after them', async () => {
    await request();
    const wrong = other(lastCode());
    for (const remaining of [4, 3, 2, 1])
      expect(await check(wrong)).toEqual(fail('auth.smsCodeWrong', { remaining }));
    expect(await check(wrong)).toEqual(fail('auth.smsCodeExpired'));
    expect(await check(lastCode())).toEqual(fail('auth.smsCodeExpired'));
    now += MINUTE_MS;
    await request();
    expect(await check(lastCode())).toEqual(ok(undefined));
  });

  test('that is used does not make the day begin anew', async () => {
    for (let count = 0; count < 10; count += 1) {
      await request();
      await check(lastCode());
      now += MINUTE_MS;
    }
    expect((await request()).ok).toBe(false);
  });
});
