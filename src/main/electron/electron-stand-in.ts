import { EventEmitter } from 'node:events';
import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  CustomScheme,
  IpcMain,
  IpcMainInvokeEvent,
  Menu,
  PowerSaveBlocker,
  PrinterInfo,
  Protocol,
  Rectangle,
  SafeStorage,
  SaveDialogOptions,
  SaveDialogReturnValue,
  Screen,
  Session,
  WebContents,
} from 'electron';
import { type Mock, vi } from 'vitest';

/**
 * In place of Electron where its program cannot run: it remembers what it was told and lets a test
 * raise the events that Electron would. The shapes are checked against Electron's own definitions.
 */

type Handler = Parameters<IpcMain['handle']>[1];
type PermissionRequestHandler = Exclude<
  Parameters<Session['setPermissionRequestHandler']>[0],
  null
>;
type PermissionCheckHandler = Exclude<Parameters<Session['setPermissionCheckHandler']>[0], null>;
type BeforeRequest = Parameters<Session['webRequest']['onBeforeRequest']>[0] & {};

export class StandInContents extends EventEmitter {
  url = 'app://station/index.html';
  destroyed = false;
  readonly mainFrame = { url: this.url };
  readonly sent: { readonly channel: string; readonly value: unknown }[] = [];
  windowOpen: Parameters<WebContents['setWindowOpenHandler']>[0] | undefined;
  readonly forcefullyCrashRenderer: Mock = vi.fn();
  /** Never answers unless a test does. */
  readonly print: Mock<WebContents['print']> = vi.fn();
  readonly printToPDF: Mock<WebContents['printToPDF']> = vi.fn(async () => Buffer.from('%PDF-'));
  getPrintersAsync = async (): Promise<PrinterInfo[]> => state.printers;
  getURL = (): string => this.url;
  isDestroyed = (): boolean => this.destroyed;
  send = (channel: string, value: unknown): void => void this.sent.push({ channel, value });
  setWindowOpenHandler: WebContents['setWindowOpenHandler'] = (handler) => {
    this.windowOpen = handler;
  };
}

export class StandInWindow extends EventEmitter {
  static readonly all: StandInWindow[] = [];
  readonly webContents = new StandInContents();
  readonly loaded: string[] = [];
  readonly options: BrowserWindowConstructorOptions;
  destroyed = false;
  readonly show: Mock = vi.fn();
  readonly showInactive: Mock = vi.fn();
  readonly focus: Mock = vi.fn();
  bounds: Rectangle;
  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    const { x = 0, y = 0, width = 1920, height = 1080 } = options;
    this.bounds = { x, y, width, height };
    StandInWindow.all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  isDestroyed = (): boolean => this.destroyed;
  destroy = (): void => {
    this.destroyed = true;
    this.webContents.destroyed = true;
  };
  loadURL = async (url: string): Promise<void> => {
    this.loaded.push(url);
    if (state.loadFailure) throw state.loadFailure;
  };
  getBounds = (): Rectangle => this.bounds;
  setBounds = (bounds: Rectangle): void => {
    this.bounds = bounds;
  };
  /** As a person would, or the program: the page may object. */
  close(): void {
    let kept = false;
    this.emit('close', { preventDefault: () => (kept = true) });
    if (kept) return;
    this.destroyed = true;
    this.webContents.destroyed = true;
    this.emit('closed');
  }
}

class StandInSession extends EventEmitter {
  permissionRequest: PermissionRequestHandler | undefined;
  permissionCheck: PermissionCheckHandler | undefined;
  beforeRequest: BeforeRequest | undefined;
  displayMedia: unknown;
  device: (() => boolean) | undefined;
  readonly setSpellCheckerEnabled: Mock = vi.fn();
  readonly protocol = {
    handlers: new Map<string, (request: Request) => Promise<Response>>(),
    handle(scheme: string, handler: (request: Request) => Promise<Response>): void {
      this.handlers.set(scheme, handler);
    },
  };
  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest): void => {
      this.beforeRequest = listener;
    },
  };
  setPermissionRequestHandler = (handler: PermissionRequestHandler): void => {
    this.permissionRequest = handler;
  };
  setPermissionCheckHandler = (handler: PermissionCheckHandler): void => {
    this.permissionCheck = handler;
  };
  setDevicePermissionHandler = (handler: () => boolean): void => {
    this.device = handler;
  };
  setDisplayMediaRequestHandler = (handler: unknown): void => {
    this.displayMedia = handler;
  };
}

/** What the tests read and set. */
export const state = {
  schemes: [] as CustomScheme[],
  handlers: new Map<string, Handler>(),
  session: new StandInSession(),
  printSession: new StandInSession(),
  printers: [] as PrinterInfo[],
  /** Of every page that is opened from now on. */
  loadFailure: undefined as Error | undefined,
  partition: '',
  hasLock: true,
  vault: true,
  backend: 'gnome_libsecret' as ReturnType<SafeStorage['getSelectedStorageBackend']>,
  reEncrypt: false,
  displays: [{ id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 } }] as StandInDisplay[],
};

type StandInDisplay = { readonly id: number; readonly bounds: Rectangle };

export function resetElectron(): void {
  app.removeAllListeners();
  screen.removeAllListeners();
  StandInWindow.all.length = 0;
  Object.assign(state, {
    schemes: [],
    handlers: new Map(),
    session: new StandInSession(),
    printSession: new StandInSession(),
    printers: [],
    loadFailure: undefined,
    hasLock: true,
    vault: true,
    backend: 'gnome_libsecret',
    reEncrypt: false,
    displays: state.displays.slice(0, 1),
  });
  vi.clearAllMocks();
}

class StandInScreen extends EventEmitter {
  getAllDisplays = (): StandInDisplay[] => state.displays;
  /** By where its left upper corner lies. */
  getDisplayMatching = ({ x, y }: Rectangle): StandInDisplay | undefined =>
    state.displays.find(({ bounds }) => {
      const [dx, dy] = [x - bounds.x, y - bounds.y];
      return dx >= 0 && dy >= 0 && dx < bounds.width && dy < bounds.height;
    }) ?? state.displays[0];
  /** Plugs displays in and out, as Electron tells of it. */
  become(
    event: 'display-added' | 'display-removed' | 'display-metrics-changed',
    displays: StandInDisplay[],
  ): void {
    state.displays = displays;
    this.emit(event);
  }
}

export const screen = new StandInScreen();

class StandInApp extends EventEmitter {
  readonly commandLine: { readonly appendSwitch: Mock; readonly hasSwitch: Mock } = {
    appendSwitch: vi.fn(),
    hasSwitch: vi.fn(() => false),
  };
  isPackaged = false;
  userData = '';
  readonly enableSandbox: Mock = vi.fn();
  readonly relaunch: Mock = vi.fn();
  readonly exit: Mock = vi.fn();
  readonly quit: Mock = vi.fn();
  whenReady = async (): Promise<void> => {};
  requestSingleInstanceLock = (): boolean => state.hasLock;
  getVersion = (): string => '0.0.0';
  getPath = (): string => this.userData;
  setPath = (_name: string, path: string): void => {
    this.userData = path;
  };
}

export const app = new StandInApp();

export const protocol = {
  registerSchemesAsPrivileged: (schemes) => {
    state.schemes = schemes;
  },
} satisfies Pick<Protocol, 'registerSchemesAsPrivileged'>;

export const ipcMain = {
  handle: (channel, handler) => {
    state.handlers.set(channel, handler);
  },
} satisfies Pick<IpcMain, 'handle'>;

export const session = {
  fromPartition(partition: string): StandInSession {
    if (partition === 'print') return state.printSession;
    state.partition = partition;
    return state.session;
  },
};

const seal = (text: string) => Buffer.from(`sealed:${Buffer.from(text).toString('hex')}`);

export const safeStorage = {
  isAsyncEncryptionAvailable: async () => state.vault,
  getSelectedStorageBackend: () => state.backend,
  encryptStringAsync: vi.fn(async (text: string) => seal(text)),
  async decryptStringAsync(sealed) {
    const text = sealed.toString();
    if (!text.startsWith('sealed:')) throw new Error('Not sealed by this vault');
    const result = Buffer.from(text.slice('sealed:'.length), 'hex').toString();
    return { result, shouldReEncrypt: state.reEncrypt };
  },
} satisfies Pick<
  SafeStorage,
  | 'isAsyncEncryptionAvailable'
  | 'getSelectedStorageBackend'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
>;

export const powerSaveBlocker = {
  start: vi.fn(() => 1),
  stop: vi.fn(() => true),
} satisfies Pick<PowerSaveBlocker, 'start' | 'stop'>;

/** Called off unless a test answers. */
export const dialog = {
  showSaveDialog: vi.fn(async (_window: BrowserWindow, _options: SaveDialogOptions) => ({
    canceled: true,
    filePath: '',
  })),
  showErrorBox: vi.fn((_title: string, _content: string) => {}),
} satisfies {
  showErrorBox(title: string, content: string): void;
  showSaveDialog(window: BrowserWindow, options: SaveDialogOptions): Promise<SaveDialogReturnValue>;
};

const setApplicationMenu: (menu: Menu | null) => void = vi.fn();
export const MenuStandIn = { setApplicationMenu };

export const utilityProcess: { readonly fork: Mock } = { fork: vi.fn() };

/** For `vi.mock('electron', …)`. */
export const electronModule = {
  app: app as unknown as App,
  BrowserWindow: StandInWindow,
  dialog,
  ipcMain,
  Menu: MenuStandIn,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen: screen as unknown as Screen,
  session,
  utilityProcess,
};

/** A call as it arrives from a frame with this address. */
export function invokeEvent(url: string, from = new StandInContents()): IpcMainInvokeEvent {
  const frame = { url };
  Object.assign(from, { mainFrame: frame });
  return { sender: from, senderFrame: frame } as unknown as IpcMainInvokeEvent;
}
