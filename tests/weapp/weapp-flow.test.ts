import { afterEach, beforeAll, expect, test } from 'vitest';
import { BUILD_TIMEOUT_MS, ensureClientBuilt } from '../../scripts/setup/companion-build.ts';
import { patient } from '../../scripts/test/slowness.ts';
import { undeclared } from './app-declarations.ts';
import { drawnPictures } from './drawn-pictures.ts';
import { createScriptedServer, type ScriptedServer } from './scripted-server.ts';
import { ARRIVAL_CODE, type Bytes, COLLECTION_CODE, LAST_FOUR } from './scripted-world.ts';
import { WeappRunner } from './weapp-runner.ts';
import { type WxScript, WxStandIn } from './wx-stand-in.ts';
import { typingFaults } from './wx-typings.ts';

beforeAll(() => ensureClientBuilt('weapp'), patient(BUILD_TIMEOUT_MS));

let opened: WeappRunner[] = [];
afterEach(() => {
  for (const runner of opened) runner.close();
  opened = [];
});

type Phone = { server: ScriptedServer; wx: WxStandIn; runner: WeappRunner; shot: Bytes };

async function start(script: Partial<WxScript> = {}): Promise<Phone> {
  const { original, standard, sheets } = await drawnPictures();
  const shot = new Uint8Array(original);
  const server = createScriptedServer({ standard, sheets });
  return open(server, shot, { scanned: COLLECTION_CODE, picture: shot, ...script });
}

function open(
  server: ScriptedServer,
  shot: Bytes,
  script: Partial<WxScript>,
  before?: WxStandIn,
): Phone {
  const wx = new WxStandIn(server, script, before);
  const runner = new WeappRunner(wx);
  opened.push(runner);
  runner.launch();
  return { server, wx, runner, shot };
}

async function logIn({ runner }: Phone): Promise<void> {
  await runner.tap('launch-enter');
  await runner.at('home');
}

/** 获取采集资格, up to 采集列表. */
async function getQualified(phone: Phone): Promise<void> {
  const { runner } = phone;
  await logIn(phone);
  await runner.tap('home-qualification');
  await runner.tap('qualification-scan');
  await runner.at('verify');
  await runner.type('verify-last-four', LAST_FOUR.toLowerCase());
  await runner.tap('verify-submit');
  await runner.at('orders');
}

/** 支付费用, up to 拍照要求. */
async function pay(phone: Phone): Promise<void> {
  const { runner } = phone;
  await getQualified(phone);
  await runner.tap('orders-enter-0');
  await runner.tap('order-begin');
  await runner.tap('service-agree-service');
  await runner.tap('service-agree-faceProcessing');
  await runner.tap('service-pay');
  await runner.tap('service-next');
  await runner.at('requirements');
}

/** 拍照, with the privacy guide that WeChat asks for first. */
async function shoot({ runner, wx }: Phone): Promise<void> {
  await runner.tap('requirements-shoot');
  await runner.tap('capture-shoot');
  if (!wx.script.privacyAgreed) {
    await runner.at('capture', 'privacy-agree');
    await runner.agree('privacy-agree');
  }
  await runner.at('capture', 'capture-picture');
}

/** 上传 → 照片标准化 → 提交, up to 身份核验中. */
async function submit({ runner }: Phone): Promise<void> {
  await runner.tap('capture-upload');
  await runner.tap('standardize-start');
  await runner.tap('standardize-submit');
  await runner.tap('standardize-confirm');
  await runner.at('review', 'review-state');
}

function expectLawful({ wx }: Phone): void {
  expect(typingFaults(wx.calls)).toEqual([]);
  expect(undeclared(wx.calls)).toEqual([]);
}

test('from 立即进入 to 提交, each call as WeChat documents it', async () => {
  const phone = await start();
  const { runner, server, wx, shot } = phone;
  await pay(phone);
  expect(server.world.consents).toEqual(['service', 'faceProcessing']);
  await shoot(phone);
  await submit(phone);
  expect(runner.text).toContain('身份核验中');
  expect(runner.text).toContain('前完成审核');
  expect(server.world.order.state).toBe('verifyingIdentity');
  expect(server.world.upload?.bytes).toEqual(shot);

  expect(wx.optionsOf('chooseMedia')).toHaveLength(1);
  expect(wx.optionsOf('chooseMedia')[0]).toMatchObject({
    count: 1,
    mediaType: ['image'],
    sourceType: ['camera'],
    sizeType: ['original'],
    camera: 'back',
  });
  expect(wx.optionsOf('scanCode')[0]).toMatchObject({ onlyFromCamera: true });
  expect(wx.optionsOf('requestPayment')[0]).toMatchObject({
    signType: 'RSA',
    paySign: 'signature',
  });
  expect(wx.optionsOf('requestSubscribeMessage')[0]).toMatchObject({
    tmplIds: ['template-review'],
  });
  expectLawful(phone);
});

test('到场 by scanning the code of a station', async () => {
  const phone = await start();
  const { runner, server, wx } = phone;
  await getQualified(phone);
  wx.navigation?.back(2);
  await runner.at('home');
  const address = 'https://school.example/h5/#/pages/arrival/index?code=';
  Object.assign(wx.script, { scanned: `${address}${ARRIVAL_CODE}` });
  await runner.tap('home-arrive');
  await runner.at('arrival', 'arrival-place');
  expect(runner.text).toContain('已到场，正在取号');
  expect(server.world.order.arrival).toBeDefined();
  await runner.tap('arrival-order');
  await runner.at('order', 'order-arrival');
  expectLawful(phone);
});

test('after approval both pictures reach the album, also when it was refused or closed at first', async () => {
  const phone = await start({ albumAllowed: false, messagesAllowed: false });
  const { runner, server, wx } = phone;
  await pay(phone);
  await shoot(phone);
  await submit(phone);
  server.happen('passIdentity', 'server');
  server.happen('approve', 'reviewer');
  await runner.tap('review-support');
  await runner.at('support');
  wx.navigation?.back(1);
  await runner.tap('review-download');
  await runner.tap('download-save');
  await runner.at('download', 'download-settings');
  expect(runner.text).toContain('没有保存到相册的权限');
  await runner.tap('download-settings');
  await runner.until(
    () => wx.album.length === 1,
    () => 'the standard photo in the album',
  );
  await runner.tap('download-sheet');
  await runner.tap('download-sheet-a4');
  await runner.at('download', 'download-picture');
  wx.script.savesCancelled = 1;
  await runner.tap('download-save');
  await runner.until(
    () => runner.text.includes('您取消了保存'),
    () => 'word of the cancelled save',
  );
  await runner.tap('download-save');
  await runner.until(
    () => wx.album.length === 2,
    () => 'the sheet in the album',
  );
  expect(wx.album).toEqual([server.world.pictures.standard, server.world.pictures.sheets.a4]);
  expectLawful(phone);
});

test('refusing the privacy guide stops that feature and nothing else', async () => {
  const phone = await start();
  const { runner, wx } = phone;
  await pay(phone);
  await runner.tap('requirements-shoot');
  await runner.tap('capture-shoot');
  await runner.at('capture', 'privacy-refuse');
  await runner.tap('privacy-refuse');
  await runner.until(
    () => runner.text.includes('没有同意隐私保护指引'),
    () => runner.text,
  );
  expect(wx.optionsOf('chooseMedia')).toEqual([]);
  await runner.tap('capture-shoot');
  await runner.at('capture', 'privacy-agree');
  await runner.agree('privacy-agree');
  await runner.at('capture', 'capture-picture');
  expectLawful(phone);
});

test('a cancelled payment keeps the order and may be tried again', async () => {
  const phone = await start({ pays: false });
  const { runner, server, wx } = phone;
  await getQualified(phone);
  await runner.tap('orders-enter-0');
  await runner.tap('order-begin');
  await runner.tap('service-agree-service');
  await runner.tap('service-agree-faceProcessing');
  await runner.tap('service-pay');
  await runner.until(
    () => runner.text.includes('您已取消支付'),
    () => runner.text,
  );
  expect(server.world.order.state).toBe('pendingPayment');
  wx.script.pays = true;
  await runner.tap('service-pay');
  await runner.at('service', 'service-next');
});

test('an upload that broke off goes on after the program was opened again', async () => {
  const first = await start();
  await pay(first);
  await shoot(first);
  first.server.failNext('appendUpload', 'cut', 99, 1);
  await first.runner.tap('capture-upload');
  await first.runner.until(
    () => (first.server.world.upload?.bytes.byteLength ?? 0) > 0,
    () => 'the first chunk',
  );
  first.runner.close();
  const sent = first.server.world.upload?.bytes.byteLength ?? 0;
  expect(sent).toBeLessThan(first.shot.byteLength);

  first.server.failNext('appendUpload', 'cut', 0);
  const second = open(first.server, first.shot, { privacyAgreed: true }, first.wx);
  const { runner, server } = second;
  await logIn(second);
  await runner.tap('home-current');
  await runner.tap('order-begin');
  await runner.tap('requirements-shoot');
  await runner.at('capture', 'capture-picture');
  expect(runner.text).toContain('继续上传');
  const chunksBefore = server.calls.filter(({ route }) => route === 'appendUpload').length;
  await runner.tap('capture-upload');
  await runner.at('standardize', 'standardize-start');
  expect(server.world.upload?.bytes).toEqual(second.shot);
  const chunks = server.calls.filter(({ route }) => route === 'appendUpload').slice(chunksBefore);
  const bytes = chunks.reduce((sum, { body }) => sum + body.byteLength, 0);
  expect(bytes).toBe(second.shot.byteLength - sent);
});

test('a camera that was refused is allowed in the settings, and opens', async () => {
  const phone = await start({ privacyAgreed: true, cameraAllowed: false });
  const { runner, wx } = phone;
  await pay(phone);
  await runner.tap('requirements-shoot');
  await runner.tap('capture-shoot');
  await runner.at('capture', 'allow-camera');
  expect(runner.text).toContain('没有相机使用权限');
  await runner.tap('allow-camera');
  await runner.at('capture', 'capture-picture');
  expect(wx.optionsOf('chooseMedia')).toHaveLength(2);
  expectLawful(phone);
});

test('相册识别 sends the chosen picture as it is; the server reads it', async () => {
  const phone = await start({ privacyAgreed: true });
  const { runner, server, wx, shot } = phone;
  await logIn(phone);
  await runner.tap('home-qualification');
  await runner.tap('qualification-album');
  await runner.at('verify');
  expect(wx.optionsOf('chooseMedia')[0]).toMatchObject({ sourceType: ['album'] });
  expect(server.calls.find(({ route }) => route === 'readCodePicture')?.body).toEqual(shot);
  expectLawful(phone);
});

test('a session that has ended is renewed unseen', async () => {
  const phone = await start();
  const { runner, server } = phone;
  await getQualified(phone);
  server.failNext('getOrder', 'auth.required', 1);
  await runner.tap('orders-enter-0');
  await runner.at('order', 'order-begin');
  expect(server.calls.filter(({ route }) => route === 'loginWechat')).toHaveLength(2);
});

test('a refused photo says why and leads back to the camera', async () => {
  const phone = await start();
  const { runner, server } = phone;
  await pay(phone);
  await shoot(phone);
  server.world.verdict = 'refuse';
  await runner.tap('capture-upload');
  await runner.tap('standardize-start');
  await runner.at('standardize', 'standardize-retake');
  // Said once: the reason is the first failed check, which stands in the list.
  expect(runner.text.split('请调整灯光使两侧均匀')).toHaveLength(2);
  expect(runner.find('standardize-submit')).toBeUndefined();
  await runner.tap('standardize-retake');
  await runner.at('capture', 'capture-shoot');
  expect(server.calls.some(({ route }) => route === 'retakePhoto')).toBe(false);
});

test('the whole interface speaks English at a tap', async () => {
  const phone = await start();
  const { runner } = phone;
  await runner.tap('launch-language');
  await logIn(phone);
  await runner.at('home', 'home-qualification');
  expect(runner.text).toContain('Get qualified');
  expect(runner.text.replace('中文', '')).not.toMatch(/[一-鿿]/);
});
