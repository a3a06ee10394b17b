import { randomFillSync } from 'node:crypto';
import type { ScriptedServer } from './scripted-server.ts';
import { type Bytes, WECHAT_CODE } from './scripted-world.ts';

export type WxCall = { readonly name: string; readonly args: readonly unknown[] };

type Options = {
  readonly success?: (result: object) => void;
  readonly fail?: (error: { errMsg: string }) => void;
  readonly complete?: (result: object) => void;
} & Readonly<Record<string, unknown>>;

export type Navigation = {
  open(url: string, how: 'navigateTo' | 'redirectTo' | 'reLaunch'): void;
  back(delta: number): void;
  stackLength(): number;
};

/** What the person and the phone do when asked. */
export type WxScript = {
  /** 扫码识别; undefined: closed. */
  scanned?: string | undefined;
  /** The picture that the camera or the album gives; undefined: closed. */
  picture?: Bytes | undefined;
  albumAllowed: boolean;
  /** The next dialogs before a picture is saved are closed without an answer. */
  savesCancelled: number;
  cameraAllowed: boolean;
  /** Subscription messages, as in the program's settings page. */
  messagesAllowed: boolean;
  /** What the person changes in the settings page. */
  allowsInSettings: boolean;
  pays: boolean;
  privacyAgreed: boolean;
};

/**
 * `wx` as far as the program uses it. Every call is recorded with its arguments; a function that is
 * not here is not there at all, so that a call which nobody has thought about fails.
 */
export class WxStandIn {
  readonly calls: WxCall[] = [];
  readonly files = new Map<string, Bytes>();
  readonly storage = new Map<string, unknown>();
  /** Files in the album, in the order of saving. */
  readonly album: Bytes[] = [];
  readonly script: WxScript;
  readonly api: object;
  navigation: Navigation | undefined;
  closed = false;
  readonly #server: ScriptedServer;
  #privacyListener: ((resolve: (answer: { event: string }) => void) => void) | undefined;
  #temporary = 0;

  /** `before`: the same phone, after the program was ended and opened again. */
  constructor(server: ScriptedServer, script: Partial<WxScript> = {}, before?: WxStandIn) {
    this.#server = server;
    for (const [key, value] of before?.storage ?? []) this.storage.set(key, value);
    // WeChat clears temporary files between two runs.
    for (const [file, bytes] of before?.files ?? [])
      if (file.startsWith(USER_FOLDER)) this.files.set(file, bytes);
    this.script = {
      albumAllowed: true,
      savesCancelled: 0,
      cameraAllowed: true,
      messagesAllowed: true,
      allowsInSettings: true,
      pays: true,
      privacyAgreed: false,
      ...script,
    };
    this.api = this.#recorded({ ...this.#system(), ...this.#pages(), ...this.#features() });
  }

  /** Arguments of every call of one function, in order. */
  optionsOf(name: string): readonly Record<string, unknown>[] {
    return this.calls
      .filter((call) => call.name === name)
      .map(({ args }) => args[0] as Record<string, unknown>);
  }

  /** Puts bytes where WeChat would put a picture. */
  temporaryFile(bytes: Bytes): string {
    this.#temporary += 1;
    const file = `http://tmp/picture-${this.#temporary}.jpg`;
    this.files.set(file, bytes);
    return file;
  }

  #recorded(functions: Readonly<Record<string, unknown>>, prefix = ''): object {
    const known: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(functions))
      known[name] =
        typeof value === 'function' ? this.#record(prefix + name, value as never) : value;
    return known;
  }

  #record(name: string, act: (...args: unknown[]) => unknown): unknown {
    return (...args: unknown[]) => {
      this.calls.push({ name, args });
      return act(...args);
    };
  }

  #system() {
    const info = { platform: 'ios', system: 'iOS 17.0', language: 'zh_CN', SDKVersion: '3.4.0' };
    return {
      env: { USER_DATA_PATH: USER_FOLDER },
      canIUse: () => true,
      getAppBaseInfo: () => info,
      getStorageSync: (key: string) => this.storage.get(key) ?? '',
      setStorageSync: (key: string, value: unknown) => void this.storage.set(key, value),
      removeStorageSync: (key: string) => void this.storage.delete(key),
      getRandomValues: ({ length, success }: Options) =>
        later(() =>
          success?.({ randomValues: randomFillSync(new Uint8Array(Number(length))).buffer }),
        ),
      getFileSystemManager: () => this.#recorded(this.#fileSystem(), 'FileSystemManager.'),
    };
  }

  #fileSystem() {
    const missing = { errMsg: 'fail no such file or directory' };
    return {
      copyFile: ({ srcPath, destPath, success, fail }: Options) => {
        const bytes = this.files.get(String(srcPath));
        if (bytes) this.files.set(String(destPath), bytes);
        later(() => (bytes ? success?.({}) : fail?.(missing)));
      },
      getFileInfo: ({ filePath, success, fail }: Options) => {
        const bytes = this.files.get(String(filePath));
        later(() => (bytes ? success?.({ size: bytes.byteLength }) : fail?.(missing)));
      },
      readFile: ({ filePath, position, length, success, fail }: Options) => {
        const bytes = this.files.get(String(filePath));
        const from = Number(position ?? 0);
        const data = bytes?.slice(from, from + Number(length ?? bytes.byteLength)).buffer;
        later(() => (data ? success?.({ data }) : fail?.(missing)));
      },
      unlink: ({ filePath, complete }: Options) => {
        this.files.delete(String(filePath));
        later(() => complete?.({}));
      },
    };
  }

  #pages() {
    const open =
      (how: 'navigateTo' | 'redirectTo' | 'reLaunch') =>
      ({ url, success, complete }: Options) =>
        later(() => {
          this.navigation?.open(String(url), how);
          success?.({ errMsg: `${how}:ok` });
          complete?.({ errMsg: `${how}:ok` });
        });
    return {
      navigateTo: open('navigateTo'),
      redirectTo: open('redirectTo'),
      reLaunch: open('reLaunch'),
      navigateBack: ({ delta, success }: Options = {}) =>
        later(() => {
          this.navigation?.back(Number(delta ?? 1));
          success?.({});
        }),
      setNavigationBarTitle: ({ success }: Options) => later(() => success?.({})),
      pageScrollTo: ({ success }: Options) => later(() => success?.({})),
      nextTick: (act: () => void) => later(act),
    };
  }

  #features() {
    return {
      login: ({ success }: Options) => later(() => success?.({ code: WECHAT_CODE })),
      scanCode: ({ success, fail }: Options) => {
        const { scanned } = this.script;
        later(() =>
          scanned
            ? success?.({
                ...{ result: scanned, rawData: Buffer.from(scanned).toString('base64') },
                ...{ charSet: 'UTF-8', scanType: 'QR_CODE', path: '', errMsg: 'scanCode:ok' },
              })
            : fail?.({ errMsg: 'scanCode:fail cancel' }),
        );
      },
      chooseMedia: (options: Options) => this.#chooseMedia(options),
      requestPayment: ({ success, fail }: Options) =>
        later(() =>
          this.script.pays ? success?.({}) : fail?.({ errMsg: 'requestPayment:fail cancel' }),
        ),
      saveImageToPhotosAlbum: (options: Options) => this.#saveToAlbum(options),
      openSetting: ({ success }: Options) => {
        const allowed = this.script.allowsInSettings;
        Object.assign(this.script, { albumAllowed: allowed, cameraAllowed: allowed });
        const authSetting = { 'scope.writePhotosAlbum': allowed, 'scope.camera': allowed };
        later(() => success?.({ authSetting }));
      },
      onNeedPrivacyAuthorization: (listener: never) => {
        this.#privacyListener = listener;
      },
      requirePrivacyAuthorize: (options: Options) => this.#requirePrivacy(options),
      openPrivacyContract: () => undefined,
      makePhoneCall: () => undefined,
      requestSubscribeMessage: (options: Options) => this.#requestMessages(options),
      request: (options: Options) => this.#request(options),
      downloadFile: (options: Options) => this.#download(options),
    };
  }

  #requestMessages({ success, fail, complete }: Options): void {
    const errMsg = 'requestSubscribeMessage:fail:The main switch is switched off';
    later(() => {
      if (this.script.messagesAllowed) success?.({});
      else fail?.({ errMsg });
      complete?.({});
    });
  }

  #chooseMedia({ success, fail }: Options): void {
    const { picture, cameraAllowed } = this.script;
    later(() => {
      if (!cameraAllowed) fail?.({ errMsg: 'chooseMedia:fail auth deny' });
      else if (!picture) fail?.({ errMsg: 'chooseMedia:fail cancel' });
      else success?.({ tempFiles: [this.#chosen(picture)], type: 'image' });
    });
  }

  #chosen(picture: Bytes): object {
    return { tempFilePath: this.temporaryFile(picture), size: picture.byteLength };
  }

  #saveToAlbum({ filePath, success, fail }: Options): void {
    const bytes = this.files.get(String(filePath));
    const why = this.#whyNotSaved();
    if (!why && bytes) this.album.push(bytes);
    const errMsg = `saveImageToPhotosAlbum:fail ${why}`;
    later(() => (why ? fail?.({ errMsg }) : success?.({})));
  }

  #whyNotSaved(): string | undefined {
    if (!this.script.albumAllowed) return 'auth deny';
    if (this.script.savesCancelled === 0) return undefined;
    this.script.savesCancelled -= 1;
    return 'cancel';
  }

  #requirePrivacy({ success, fail }: Options): void {
    const answer = (agreed: boolean) => {
      this.script.privacyAgreed = agreed;
      later(() => (agreed ? success?.({}) : fail?.({ errMsg: 'fail privacy permission' })));
    };
    if (this.script.privacyAgreed) answer(true);
    else this.#privacyListener?.(({ event }) => answer(event === 'agree'));
  }

  #request(options: Options): object {
    const { url, method, header, data, enableChunked, success, fail, complete } = options;
    const task = { abort: () => undefined, onChunkReceived: () => undefined };
    // The stream stays open and silent; polling must carry the program.
    if (enableChunked) return task;
    later(() => {
      if (this.closed) return;
      const answer = this.#server.answer({
        method: String(method),
        url: pathOf(String(url)),
        authorization: (header as Record<string, string>).authorization,
        body: bytesOf(data),
      });
      const text = answer && new TextDecoder().decode(answer.body);
      if (answer) success?.({ statusCode: answer.status, data: text, header: {} });
      else fail?.({ errMsg: 'request:fail' });
      complete?.({});
    });
    return task;
  }

  #download({ url, header, success, fail }: Options): object {
    const answer = this.#server.answer({
      method: 'GET',
      url: pathOf(String(url)),
      authorization: (header as Record<string, string>).authorization,
      body: new Uint8Array(),
    });
    if (!answer) later(() => fail?.({ errMsg: 'downloadFile:fail' }));
    else {
      const tempFilePath = this.temporaryFile(answer.body);
      later(() => success?.({ statusCode: answer.status, tempFilePath }));
    }
    return {};
  }
}

const USER_FOLDER = 'wxfile://usr';
const later = (act: () => void): void => void setTimeout(act, 0);
const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, '');

function bytesOf(data: unknown): Bytes {
  if (typeof data === 'string') return new TextEncoder().encode(data);
  return data === undefined ? new Uint8Array() : new Uint8Array(data as ArrayBuffer);
}
