import { createVerify, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  authorization,
  isAuthentic,
  isTimely,
  readSignatureHeaders,
  signJsapi,
  TIMESTAMP_TOLERANCE_S,
} from './signature.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

const timestamp = fc.integer({ min: 1_600_000_000, max: 2_000_000_000 }).map(String);
const nonce = fc.stringMatching(/^[0-9A-F]{16,32}$/);
const body = fc.string({ unit: 'binary', maxLength: 400 });

const signed = (time: string, once: string, text: string) => ({
  timestamp: time,
  nonce: once,
  serial: 'ABC',
  signature: sign('sha256', Buffer.from(`${time}\n${once}\n${text}\n`), privateKey).toString(
    'base64',
  ),
});

describe('signatures of answers and notifications', () => {
  it('believes what was signed with the key', () => {
    fc.assert(
      fc.property(timestamp, nonce, body, (time, once, text) => {
        expect(isAuthentic(publicKey, signed(time, once, text), Buffer.from(text))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses every change of body, nonce, time, signature or key', () => {
    const changed = (text: string) => fc.string({ minLength: 1 }).map((more) => text + more);
    fc.assert(
      fc.property(
        timestamp,
        nonce,
        body,
        changed('x'),
        fc.constantFrom('body', 'nonce', 'timestamp', 'signature', 'key'),
        (time, once, text, more, part) => {
          const headers = signed(time, once, text);
          const key = part === 'key' ? stranger.publicKey : publicKey;
          const sent = Buffer.from(part === 'body' ? text + more : text);
          const forged =
            part === 'body' || part === 'key'
              ? headers
              : { ...headers, [part]: headers[part] + more };
          expect(isAuthentic(key, forged, sent)).toBe(false);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('refuses line breaks inside a field, which would let one text be read as another', () => {
    const headers = signed('1700000000', 'A\nB', 'text');
    expect(isAuthentic(publicKey, headers, Buffer.from('text'))).toBe(false);
  });

  it('refuses the signature probe that WeChat Pay sends now and then', () => {
    const headers = signed('1700000000', 'ABCDEF', '{}');
    const probe = { ...headers, signature: `WECHATPAY/SIGNTEST/${headers.signature}` };
    expect(isAuthentic(publicKey, probe, Buffer.from('{}'))).toBe(false);
  });
});

describe('age of signatures', () => {
  const now = new Date('2026-11-23T01:00:00Z');
  const seconds = now.getTime() / 1000;

  it('accepts five minutes either way and not a second more', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3600, max: 3600 }), (off) => {
        expect(isTimely(String(seconds + off), now)).toBe(Math.abs(off) <= TIMESTAMP_TOLERANCE_S);
      }),
    );
  });

  it.each(['', 'now', '1e9', '-5', ' 1', '1700000000.5', '999999999999999'])(
    'refuses %j',
    (text) => {
      expect(isTimely(text, now)).toBe(false);
    },
  );
});

it('reads the four headers, each exactly once', () => {
  const headers = {
    'wechatpay-timestamp': '1',
    'wechatpay-nonce': '2',
    'wechatpay-signature': '3',
    'wechatpay-serial': '4',
  };
  expect(readSignatureHeaders(headers)).toEqual({
    timestamp: '1',
    nonce: '2',
    signature: '3',
    serial: '4',
  });
  for (const name of Object.keys(headers)) {
    expect(readSignatureHeaders({ ...headers, [name]: undefined })).toBeUndefined();
    expect(readSignatureHeaders({ ...headers, [name]: ['1', '2'] })).toBeUndefined();
  }
});

describe('our own signatures', () => {
  it('signs a request over method, address, time, nonce and body', () => {
    const value = authorization({
      mchId: '1900007291',
      serial: 'ABCDEF01',
      privateKey,
      method: 'GET',
      pathAndQuery: '/v3/certificates?a=1',
      body: '',
      timestamp: '1554208460',
      nonce: '593BEC0C930BF1AFEB40B4A08C8FB242',
    });
    const [, signature = ''] = /signature="([^"]+)"/.exec(value) ?? [];
    expect(value.replace(signature, 'S')).toBe(
      'WECHATPAY2-SHA256-RSA2048 mchid="1900007291",nonce_str="593BEC0C930BF1AFEB40B4A08C8FB242",' +
        'signature="S",timestamp="1554208460",serial_no="ABCDEF01"',
    );
    const text = 'GET\n/v3/certificates?a=1\n1554208460\n593BEC0C930BF1AFEB40B4A08C8FB242\n\n';
    expect(createVerify('RSA-SHA256').update(text).verify(publicKey, signature, 'base64')).toBe(
      true,
    );
  });

  it('signs the arguments of wx.requestPayment over four lines', () => {
    const signature = signJsapi(privateKey, 'wx1', '1554208460', 'NONCE', 'prepay_id=wx2');
    const text = 'wx1\n1554208460\nNONCE\nprepay_id=wx2\n';
    expect(createVerify('RSA-SHA256').update(text).verify(publicKey, signature, 'base64')).toBe(
      true,
    );
  });
});
