import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, ok } from '@gradshot/domain';
import type { App, Session } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { COMMAND_CHANNEL, SNAPSHOT_CHANNEL } from '../../shared/channels.ts';
import { COMMANDS } from '../../shared/index.ts';
import { standInStation } from '../station-stand-in.ts';
import { declareScheme, serveInterface } from './app-protocol.ts';
import { mirrorSnapshots, registerCommands } from './command-ipc.ts';
import { lockContents } from './contents-security.ts';
import { app, invokeEvent, resetElectron, StandInContents, state } from './electron-stand-in.ts';
import { isOwnUrl, START_URL } from './page-origin.ts';
import { lockSession } from './session-security.ts';

vi.mock('electron', async () => (await import('./electron-stand-in.ts')).electronModule);
afterEach(resetElectron);

const theSession = () => state.session as unknown as Session;
const OUTSIDE = [
  'https://example.com/',
  'http://127.0.0.1/',
  'file:///etc/passwd',
  'app://other/index.html',
  'app://station.evil/index.html',
  'app://user@station/index.html',
  'javascript:alert(1)',
  'about:blank',
  '',
];

test.each(OUTSIDE)('isOwnUrl refuses %s', (url) => expect(isOwnUrl(url)).toBe(false));
test('isOwnUrl knows the interface', () => expect(isOwnUrl(`${START_URL}#/x`)).toBe(true));

describe('permissions', () => {
  type Details = { mediaTypes?: string[]; isMainFrame: boolean; requestingUrl: string };
  const camera: Details = { mediaTypes: ['video'], isMainFrame: true, requestingUrl: START_URL };

  function requested(permission: string, details: Partial<Details> = {}, page = START_URL) {
    const contents = new StandInContents();
    contents.url = page;
    const decide = vi.fn();
    state.session.permissionRequest?.(contents as never, permission as never, decide, {
      ...camera,
      ...details,
    } as never);
    return decide.mock.calls[0]?.[0];
  }

  beforeEach(() => lockSession(theSession()));

  test('the camera is granted to the interface', () => expect(requested('media')).toBe(true));

  test.each([
    ['microphone', { mediaTypes: ['audio'] }],
    ['camera with microphone', { mediaTypes: ['video', 'audio'] }],
    ['nothing named', { mediaTypes: [] }],
    ['a frame within', { isMainFrame: false }],
    ['a foreign address', { requestingUrl: 'https://example.com/' }],
  ])('media is refused for %s', (_what, details) => {
    expect(requested('media', details)).toBe(false);
  });

  test('the camera is refused to a page that is elsewhere', () => {
    expect(requested('media', {}, 'https://example.com/')).toBe(false);
  });

  test.each(['geolocation', 'notifications', 'openExternal', 'usb', 'fullscreen', 'unknown'])(
    '%s is refused in request and check',
    (permission) => {
      expect(requested(permission)).toBe(false);
      const details = { isMainFrame: true, mediaType: 'video', securityOrigin: 'app://station' };
      const check = state.session.permissionCheck;
      expect(check?.(null, permission as never, 'app://station', details as never)).toBe(false);
    },
  );

  test.each([
    ['app://station/', 'video', true, true],
    ['app://station/', 'unknown', true, true],
    ['app://station/', 'audio', true, false],
    ['app://station/', 'video', false, false],
    ['https://example.com/', 'video', true, false],
  ] as const)('check of media for %s %s, main frame %s: %s', (origin, mediaType, main, granted) => {
    const details = { mediaType, isMainFrame: main, securityOrigin: origin };
    expect(state.session.permissionCheck?.(null, 'media', origin, details)).toBe(granted);
  });

  test('devices, screens and downloads are refused', () => {
    expect(state.session.device?.()).toBe(false);
    const decide = vi.fn();
    (state.session.displayMedia as (r: object, d: () => void) => void)({}, decide);
    expect(decide).toHaveBeenCalledWith(null);
    const event = { preventDefault: vi.fn() };
    state.session.emit('will-download', event);
    expect(event.preventDefault).toHaveBeenCalled();
  });

  test.each([
    [START_URL, false],
    ['blob:app://station/1', false],
    ['data:image/png;base64,AA', false],
    ['https://example.com/', true],
    ['ws://127.0.0.1:1/', true],
    ['file:///etc/passwd', true],
  ])('a request for %s is cancelled: %s', (url, cancel) => {
    const decide = vi.fn();
    (state.session.beforeRequest as unknown as (d: object, c: () => void) => void)({ url }, decide);
    expect(decide).toHaveBeenCalledWith({ cancel });
  });
});

describe('page contents', () => {
  function contents(): StandInContents {
    lockContents(app as unknown as App);
    const made = new StandInContents();
    app.emit('web-contents-created', {}, made);
    return made;
  }
  const prevented = (page: StandInContents, event: string, details: object = {}): boolean => {
    const preventDefault = vi.fn();
    page.emit(event, { preventDefault, ...details });
    return preventDefault.mock.calls.length > 0;
  };

  test('open no windows and no webviews', () => {
    const page = contents();
    expect(page.windowOpen?.({ url: START_URL } as never)).toEqual({ action: 'deny' });
    expect(prevented(page, 'will-attach-webview')).toBe(true);
  });

  test.each(OUTSIDE)('do not navigate to %s', (url) => {
    const page = contents();
    expect(prevented(page, 'will-navigate', { url })).toBe(true);
    expect(prevented(page, 'will-frame-navigate', { url, isMainFrame: true })).toBe(true);
  });

  test('may reload the interface, in the main frame, without redirects', () => {
    const page = contents();
    expect(prevented(page, 'will-navigate', { url: START_URL })).toBe(false);
    expect(prevented(page, 'will-frame-navigate', { url: START_URL, isMainFrame: false })).toBe(
      true,
    );
    expect(prevented(page, 'will-redirect', { url: START_URL })).toBe(true);
  });
});

describe('the app scheme', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'gradshot-app-'));
    mkdirSync(join(root, 'renderer'));
    writeFileSync(join(root, 'renderer/index.html'), '<meta nonce="__CSP_NONCE__">');
    writeFileSync(join(root, 'renderer/main.js'), 'code');
    writeFileSync(join(root, 'secret.json'), '{}');
    serveInterface(theSession(), join(root, 'renderer'));
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const get = (url: string, init?: RequestInit) =>
    state.session.protocol.handlers.get('app')?.(new Request(url, init));

  test('is standard, secure and nothing more than needed', () => {
    declareScheme();
    expect(state.schemes).toHaveLength(1);
    const [scheme] = state.schemes;
    expect(scheme?.privileges).toMatchObject({ standard: true, secure: true });
    expect(scheme?.privileges?.bypassCSP).toBeUndefined();
    expect(scheme?.privileges?.corsEnabled).toBeUndefined();
    expect(scheme?.privileges?.allowServiceWorkers).toBeUndefined();
  });

  test('serves the page with its nonce and a policy that denies by default', async () => {
    const response = await get(START_URL);
    const policy = response?.headers.get('content-security-policy') ?? '';
    const nonce = /nonce="([^"]+)"/.exec((await response?.text()) ?? '')?.[1];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')/);
    expect(policy).toContain("connect-src 'self';");
  });

  test('serves built files and nothing beside them', async () => {
    expect((await get('app://station/main.js'))?.status).toBe(200);
    expect((await get('app://station/missing.js'))?.status).toBe(404);
    expect((await get('app://station/..%2fsecret.json'))?.status).toBe(404);
    expect((await get('app://other/main.js'))?.status).toBe(403);
    expect((await get('app://station/main.js', { method: 'POST' }))?.status).toBe(403);
  });
});

const nobodys = () => false;

describe('command IPC', () => {
  test('answers the graduate’s window as the graduate’s', async () => {
    const station = standInStation();
    registerCommands(
      station,
      () => {},
      (contents) => contents === (window as never),
    );
    const window = new StandInContents();
    const unlock = state.handlers.get(`${COMMAND_CHANNEL}staff.unlock`);
    const pin = { pin: '4711' };
    expect(await unlock?.(invokeEvent(START_URL, window), pin)).toEqual(fail('staff.atDesk'));
    expect(station.calls).toEqual([]);
    expect(await unlock?.(invokeEvent(START_URL), pin)).toEqual(ok(null));
  });

  test('has one channel per command and answers the interface', async () => {
    const station = standInStation();
    registerCommands(station, () => {}, nobodys);
    expect([...state.handlers.keys()]).toEqual(
      Object.keys(COMMANDS).map((name) => `${COMMAND_CHANNEL}${name}`),
    );
    const enter = state.handlers.get(`${COMMAND_CHANNEL}session.enter`);
    expect(await enter?.(invokeEvent(START_URL), {})).toEqual(ok(null));
    expect(station.calls).toEqual([{ name: 'session.enter', payload: {} }]);
  });

  test.each(OUTSIDE)('refuses a frame at %s', async (url) => {
    const station = standInStation();
    registerCommands(station, () => {}, nobodys);
    const enter = state.handlers.get(`${COMMAND_CHANNEL}session.enter`);
    expect(await enter?.(invokeEvent(url), {})).toEqual(fail('auth.forbidden'));
    expect(station.calls).toEqual([]);
  });

  test('refuses a frame within the interface, and one that is gone', async () => {
    registerCommands(standInStation(), () => {}, nobodys);
    const enter = state.handlers.get(`${COMMAND_CHANNEL}session.enter`);
    const own = invokeEvent(START_URL);
    const within = { ...own, senderFrame: { url: START_URL } } as unknown as typeof own;
    const gone = { ...own, senderFrame: null };
    expect(await enter?.(within, {})).toEqual(fail('auth.forbidden'));
    expect(await enter?.(gone, {})).toEqual(fail('auth.forbidden'));
  });

  test('sends snapshots to the interface only while it is there', () => {
    const station = standInStation();
    const page = new StandInContents();
    const stop = mirrorSnapshots(station, () => page as never);
    station.change({ language: 'en' });
    expect(page.sent).toEqual([{ channel: SNAPSHOT_CHANNEL, value: station.snapshot() }]);
    page.url = 'https://example.com/';
    station.change({ language: 'zh' });
    page.url = START_URL;
    page.destroyed = true;
    station.change({ language: 'en' });
    page.destroyed = false;
    stop();
    station.change({ language: 'zh' });
    expect(page.sent).toHaveLength(1);
  });
});
