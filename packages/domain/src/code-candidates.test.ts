import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64 } from './base64.ts';
import {
  candidatesOf,
  firstResolved,
  MAX_CANDIDATES,
  mayBeCollectionCode,
} from './code-candidates.ts';
import type { CodePayload } from './code-payload.ts';
import type { ErrorCode } from './errors.ts';
import { fail, ok, type Result } from './result.ts';

const text = (payload: string): CodePayload => ({ payload });
const SEALED = 'wQ4f7s9kX2pL8vQ1zR6tY3uI5oA0dG7hJ2kN4mB6cV8xZ1qW3eR5tY7uI9oP0aS2dF4g';
const HANDOVER = 'gradshot:handover:Zm9yLW9uZS12aXNpdC1vbmx5LW9mLW9uZS1ncmFkdWF0ZQ';

describe('by its form', () => {
  it.each([
    SEALED,
    HANDOVER,
    '张三的图像采集码0123456789',
    'https://www.chsi.com.cn/xlcx/bg.do?vcode=AB12&srcid=bgcx',
    'http://my.chsi.com.cn:8080/archive',
  ])('%s may be a 采集码', (payload) => {
    expect(mayBeCollectionCode(text(payload))).toBe(true);
  });

  it.each([
    '',
    '   \n',
    'A0123',
    'https://u.wechat.com/EAbCdEfGhIjKlMnOp',
    'https://chsi.com.cn.example.com/collect/code',
    'https://www.chsi.com.cn@example.com/collect',
    'HTTPS://QR.ALIPAY.COM/FKX0123456789ABCDEF',
    'wxp://f2f0abcdefghijklmnopqrstuvwxyz',
    'WIFI:T:WPA;S:campus;P:password123;;',
    'BEGIN:VCARD\nVERSION:3.0\nFN:某某\nEND:VCARD',
    'tel:+8613800000000',
  ])('%j is none', (payload) => {
    expect(mayBeCollectionCode(text(payload))).toBe(false);
  });

  it('bytes may be one unless they are few', () => {
    expect(mayBeCollectionCode({ payloadBase64: toBase64(new Uint8Array(40).fill(0xc1)) })).toBe(
      true,
    );
    expect(mayBeCollectionCode({ payloadBase64: toBase64(new Uint8Array(8).fill(0xc1)) })).toBe(
      false,
    );
  });
});

describe('of several codes', () => {
  it('those that may be one are looked up, the longest first, and never too many', () => {
    const long = text(`${SEALED}${SEALED}`);
    expect(candidatesOf([text('https://u.wechat.com/EAbCdEfGhIj'), text(SEALED), long])).toEqual([
      long,
      text(SEALED),
    ]);
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 60 }).map(text), { minLength: 1 }), (codes) => {
        const chosen = candidatesOf(codes);
        expect(chosen.length).toBeGreaterThan(0);
        expect(chosen.length).toBeLessThanOrEqual(MAX_CANDIDATES);
        if (codes.some(mayBeCollectionCode)) expect(chosen.every(mayBeCollectionCode)).toBe(true);
        else expect(chosen).toHaveLength(1);
      }),
    );
  });

  it('one that cannot be one is asked about all the same where there is no other', () => {
    expect(candidatesOf([text('A1'), text('https://example.com')])).toEqual([
      text('https://example.com'),
    ]);
    expect(candidatesOf([])).toEqual([]);
  });
});

describe('looking up', () => {
  const codes = [1, 2, 3, 4, 5, 6].map((number) => text(`${SEALED}-${'x'.repeat(7 - number)}`));
  /** Answers the codes in the order in which they are asked about. */
  const script = (...answers: (ErrorCode | 'known')[]) => {
    const asked: CodePayload[] = [];
    const lookUp = async (code: CodePayload): Promise<Result<string>> => {
      asked.push(code);
      const answer = answers[asked.length - 1] ?? 'code.notCollectionCode';
      return answer === 'known' ? ok('ticket') : fail(answer);
    };
    return { asked, lookUp };
  };

  it('ends with the first that is known', async () => {
    const { asked, lookUp } = script('code.notCollectionCode', 'code.expired', 'known');
    expect(await firstResolved(codes, lookUp)).toEqual(ok('ticket'));
    expect(asked).toEqual(codes.slice(0, 3));
  });

  it('asks four times at the most, however many codes there are', async () => {
    const { asked, lookUp } = script();
    expect(await firstResolved(codes, lookUp)).toEqual(fail('code.notCollectionCode'));
    expect(asked).toHaveLength(MAX_CANDIDATES);
  });

  it.each<[ErrorCode, ErrorCode[]]>([
    ['code.expired', ['code.notCollectionCode', 'code.expired', 'code.unknown']],
    ['eligibility.noBatch', ['code.expired', 'eligibility.noBatch', 'code.notCollectionCode']],
    ['code.unknown', ['code.unknown', 'code.notCollectionCode']],
  ])('tells the most telling failure: %s', async (told, answers) => {
    expect(await firstResolved(codes, script(...answers).lookUp)).toEqual(fail(told));
  });

  it.each<ErrorCode>(['code.gatewayUnavailable', 'request.tooMany', 'network.unreachable'])(
    'stops at %s, for the next code fares no better',
    async (code) => {
      const { asked, lookUp } = script('code.notCollectionCode', code, 'known');
      expect(await firstResolved(codes, lookUp)).toEqual(fail(code));
      expect(asked).toHaveLength(2);
    },
  );

  it('of nothing fails as a picture without a code', async () => {
    expect(await firstResolved([], script('known').lookUp)).toEqual(fail('code.unreadable'));
  });
});
