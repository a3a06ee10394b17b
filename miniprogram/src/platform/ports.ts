import type { Payment } from '@gradshot/contract';
import type { CodePayload, Result } from '@gradshot/domain';

/**
 * Everything that differs between WeChat and a browser. Each port has a `.weapp.ts` and an `.h5.ts`
 * file; the build takes the one of its platform. Expected failures are values, and `null` stands
 * for "the person closed it": no failure, nothing happened.
 */

export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/heic';

/** An encoded picture file as the camera or the server made it. It is never changed. */
export type Picture = {
  /** What an `<img>` or `<Image>` shows: a temporary path or an object URL. */
  readonly uri: string;
  /** Bytes. */
  readonly size: number;
};

export type LoginPort = {
  /** `wechat`: silent, by code; `phone`: the person types number and SMS code. */
  readonly kind: 'wechat' | 'phone';
  /** One-time code of wx.login for the server. Only where `kind` is `wechat`. */
  wechatCode(): Promise<Result<string>>;
};

export type LiveCamera = {
  /** Shows the stream in a video element, unmirrored. */
  attach(video: HTMLVideoElement): void;
  /** A picture at the camera's own resolution. */
  shoot(): Promise<Result<Picture>>;
  close(): void;
};

export type CameraPort = {
  /** `system`: the phone's camera opens over the page; `live`: the page shows a viewfinder. */
  readonly kind: 'system' | 'live';
  /** The rear camera of the phone's own camera program; no album. */
  take(): Promise<Result<Picture | null>>;
  /** The rear camera in the page. Only where `kind` is `live`. */
  open(): Promise<Result<LiveCamera>>;
};

/**
 * `codes`: what was read, to be looked up until one is known. `picture`: a chosen file that only the
 * server can read (no decoder on this platform).
 */
export type ScanOutcome =
  | { readonly codes: readonly CodePayload[] }
  | { readonly picture: Picture }
  | null;

export type LiveScanner = {
  attach(video: HTMLVideoElement): void;
  /** The first code that was alone before the camera; null when closed before. */
  readonly found: Promise<CodePayload | null>;
  /** Told when several codes come into view, and when they no longer are. */
  onSeveral(changed: (several: boolean) => void): void;
  close(): void;
};

export type ScanPort = {
  readonly kind: 'system' | 'live';
  /** 扫码识别 with the system's scanner. */
  scan(): Promise<Result<ScanOutcome>>;
  /** 扫码识别 in the page. Only where `kind` is `live`. */
  open(): Promise<Result<LiveScanner>>;
  /** 相册识别. */
  pick(): Promise<Result<ScanOutcome>>;
};

export type PayPort = {
  readonly method: Extract<Payment['method'], 'jsapi' | 'h5'>;
  /** False in WeChat's own browser, where its payment page for browsers refuses to open. */
  readonly possible: boolean;
  /**
   * Hands the person to WeChat Pay. `finished`: control is back, the server knows the outcome;
   * `left`: the browser is on its way to the payment page and comes back to the same address.
   */
  request(payment: Payment): Promise<Result<'finished' | 'left'>>;
};

export type AlbumPort = {
  /** Saves the file as it is. */
  save(picture: Picture, fileName: string): Promise<Result<null>>;
  /**
   * The page where refusals are taken back, the camera's among them; true when saving is allowed
   * afterwards.
   */
  openSettings(): Promise<boolean>;
  /** Whether the system has such a page. */
  readonly hasSettings: boolean;
};

export type StoragePort = {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  /** Pictures survive the program's end, until they are dropped. */
  readonly pictures: {
    /** Copies the file under `id`; success only once it is written. */
    keep(id: string, picture: Picture): Promise<Result<Picture>>;
    find(id: string): Promise<Picture | undefined>;
    drop(id: string): Promise<void>;
  };
  /** The picture is no longer shown: frees the memory that its address holds. */
  release(picture: Picture): void;
  /** Bytes `[offset, offset + length)` of the file. */
  readBytes(picture: Picture, offset: number, length: number): Promise<Result<ArrayBuffer>>;
  /** SHA-256 of the whole file, 64 hex digits. */
  sha256(picture: Picture): Promise<Result<string>>;
};

export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** From the server's origin, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | ArrayBuffer;
  readonly timeoutMs: number;
};

export type HttpAnswer = { readonly status: number; readonly text: string };

export type NetworkPort = {
  /** Any status is an answer; only the lack of one is a failure. */
  send(request: HttpRequest): Promise<Result<HttpAnswer>>;
  /** A file of the server as a picture; other answers come back as they are. */
  download(
    path: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<Result<Picture | HttpAnswer>>;
  /** Text of an endless answer, piece by piece, until it ends or `close` is called. */
  stream(
    path: string,
    headers: Readonly<Record<string, string>>,
    on: { text(piece: string): void; end(): void },
  ): { close(): void };
};

export type PhonePort = {
  call(number: string): void;
  /** Asks for subscription messages; must run inside a tap. Refusal is fine. */
  askForMessages(templateIds: readonly string[]): Promise<void>;
  /** Opens the privacy guide of the platform; false where the program shows its own page. */
  openPrivacyGuide(): boolean;
  /** Calls `ask` when WeChat wants consent before a feature; H5 never does. */
  onPrivacyNeeded(ask: (answer: (agreed: boolean) => void) => void): void;
  /** Consent of the privacy guide, before a feature that needs it is used. */
  ensurePrivacy(): Promise<Result<null>>;
  /**
   * Calls back when the program goes out of sight or comes back; returns how to stop. Where the
   * pages themselves are told (WeChat), never.
   */
  watchSight(changed: (inSight: boolean) => void): () => void;
  /** From the system's generator. */
  randomBytes(length: number): Promise<Uint8Array>;
  /** `zh` or `en` by the system's language. */
  readonly language: 'zh' | 'en';
};

export type Platform = {
  readonly login: LoginPort;
  readonly camera: CameraPort;
  readonly scan: ScanPort;
  readonly pay: PayPort;
  readonly album: AlbumPort;
  readonly storage: StoragePort;
  readonly network: NetworkPort;
  readonly phone: PhonePort;
};
