import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settingsFromEnvironment } from './deployment-settings.ts';

let dir: string;
let complete: Record<string, string>;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'settings-'));
  const secret = (name: string) => {
    writeFileSync(join(dir, name), `secret of ${name}\n`);
    return join(dir, name);
  };
  complete = {
    GRADSHOT_DATA_DIR: '/data',
    GRADSHOT_PUBLIC_URL: 'https://photo.school.example',
    GATEWAY_URL: 'https://gateway.example',
    GATEWAY_AGENCY_ID: 'agency',
    GATEWAY_SECRET_FILE: secret('gateway'),
    WECHAT_PAY_MCH_ID: '1900000001',
    WECHAT_PAY_APP_ID: 'wx0000',
    WECHAT_PAY_SERIAL: 'AB12',
    WECHAT_PAY_KEY_FILE: secret('merchant'),
    WECHAT_PAY_APIV3_KEY_FILE: secret('apiv3'),
  };
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('a complete environment becomes options, with secrets read from their files', () => {
  const settings = settingsFromEnvironment(complete);
  if (!settings.ok) throw new Error(settings.faults.join());
  expect(settings.options).toMatchObject({
    host: '0.0.0.0',
    port: 8080,
    gateway: { secret: 'secret of gateway' },
    wechatPay: { merchantPrivateKey: 'secret of merchant', apiV3Key: 'secret of apiv3' },
  });
  expect(settings.options.wechatLogin).toBeUndefined();
});

test('photos are kept for the days that are set, and for no less than one', () => {
  const settings = settingsFromEnvironment({ ...complete, GRADSHOT_KEEP_PHOTOS_DAYS: '90' });
  if (!settings.ok) throw new Error(settings.faults.join());
  expect(settings.options.retention).toEqual({ endedDays: 90, discardedDays: 30 });
  for (const wrong of ['0', '-1', '1.5', ''])
    expect(settingsFromEnvironment({ ...complete, GRADSHOT_KEEP_DISCARDED_DAYS: wrong }).ok).toBe(
      false,
    );
});

test('every missing or wrong setting is named, with no value', () => {
  const { GATEWAY_URL: _, ...rest } = complete;
  const settings = settingsFromEnvironment({
    ...rest,
    GRADSHOT_PORT: '99999',
    GRADSHOT_PUBLIC_URL: 'http://plain.example',
  });
  if (settings.ok) throw new Error('it should be refused');
  const text = settings.faults.join('\n');
  for (const name of ['GATEWAY_URL', 'GRADSHOT_PORT', 'GRADSHOT_PUBLIC_URL'])
    expect(text).toContain(name);
  expect(text).not.toContain('plain.example');
});

test('templates of messages come from a file, which needs the way to send them', () => {
  const path = join(dir, 'messages.json');
  const review = { templateId: 'T1', fields: { state: 'phrase2', time: 'time4' } };
  const withFile = { ...complete, GRADSHOT_MESSAGES_FILE: path };
  const withLogin = { ...withFile, WECHAT_APP_SECRET_FILE: join(dir, 'gateway') };
  writeFileSync(path, JSON.stringify({ wechat: { review } }));
  expect(settingsFromEnvironment(withFile)).toMatchObject({ ok: false });
  expect(settingsFromEnvironment(withLogin)).toMatchObject({
    ok: true,
    options: { messages: { wechat: { review } } },
  });
  writeFileSync(path, JSON.stringify({ wechat: { review: { ...review, fields: { name: 'x' } } } }));
  const wrong = settingsFromEnvironment(withLogin);
  expect(wrong).toMatchObject({ ok: false, faults: [expect.stringContaining('wechat.review')] });
});

test('a secret file that is not there, and half a carrier, stop the start', () => {
  const missing = settingsFromEnvironment({ ...complete, GATEWAY_SECRET_FILE: join(dir, 'none') });
  expect(missing.ok).toBe(false);
  expect(settingsFromEnvironment({ ...complete, SMS_SECRET_ID: 'id' }).ok).toBe(false);
});
