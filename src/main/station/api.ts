import { errorSentence, type Failure, type Result } from '@gradshot/domain';
import type { Engine } from '@gradshot/imaging';
import type {
  CommandHandlers,
  PrinterView,
  StationSnapshot,
  TabletListener,
} from '../../shared/index.ts';
import type { Log } from './ground/core.ts';
import type { StationTiming } from './ground/timing.ts';

export type { Log };

/** What one screen may do and is told. */
export type StationSide = {
  readonly handlers: CommandHandlers;
  snapshot(): StationSnapshot;
  /** Called with every new snapshot; returns the unsubscribe function. */
  subscribe(listener: (snapshot: StationSnapshot) => void): () => void;
};

/** A screen of the graduate's own. */
export type GraduateSide = StationSide & {
  /** It is there; the returned function says that it is gone. */
  arrived(): () => void;
};

/** A paired tablet's desk. */
export type TabletSide = StationSide & {
  readonly id: string;
  /** A page of it is there; `drop` is called when it is unpaired. The returned function says that it is gone. */
  arrived(drop: () => void): () => void;
};

/** What the listener for tablets asks the core, which alone knows who is paired. */
export type TabletDoor = {
  /** Where staff want tablets to reach the station; undefined where they do not. */
  wanted(): { readonly port: number } | undefined;
  /** Called whenever that may have changed; returns the unsubscribe function. */
  subscribe(listener: () => void): () => void;
  /** How the listener fares, for staff. */
  report(listener: TabletListener): void;
  /** PEM. Rejects when it can be neither read nor made. */
  certificate(): Promise<{
    readonly cert: string;
    readonly key: string;
    readonly fingerprint: string;
    readonly renewed?: 'damaged' | 'ending';
  }>;
  /** Trades a pairing code for a token; whoever holds it is that tablet. */
  pair(code: string): Promise<Result<string>>;
  /** Undefined for a token that is not, or no longer, known. */
  recognise(token: string): TabletSide | undefined;
};

/** The station's core, the same behind both shells: the desk's side, which alone is everybody's. */
export type Station = StationSide & {
  readonly graduate: GraduateSide;
  readonly tablets: TabletDoor;
  /** Finishes what is being written, stops timers and child processes. */
  close(): Promise<void>;
};

export type EnrolmentRequest = {
  readonly serverUrl: string;
  /** One-time code from the server's console. */
  readonly code: string;
  readonly name: string;
  /** 4–12 digits. */
  readonly pin: string;
};

/** Asks the person where to keep a file, and writes it there; text in UTF-8. */
export type SaveFile = (file: {
  readonly fileName: string;
  readonly content: string | Uint8Array;
}) => Promise<Result<'saved' | 'cancelled'>>;

/** A page or several, whole in itself: no script, and nothing to be fetched. */
export type PrintDocument = {
  readonly html: string;
  /** Of every page; the paper that it is made for. */
  readonly page: { readonly widthMm: number; readonly heightMm: number };
  /** Proposed where it is kept as a PDF; nothing personal in it. */
  readonly fileName: string;
};

/** The printers of a shell. */
export type Printer = {
  list(): Promise<readonly PrinterView[]>;
  /**
   * Gives the document to the printer of that name, and is done when that has all of it. Once the signal
   * is aborted nobody waits for the answer any more.
   */
  print(document: PrintDocument, printer: string, signal: AbortSignal): Promise<Result<null>>;
  toPdf(document: PrintDocument, signal: AbortSignal): Promise<Result<Uint8Array>>;
};

export type StationOptions = {
  /** Database, objects and key live here. */
  readonly dataDir: string;
  /** 32 bytes that seal photos and personal data at rest; the shell keeps it (key file or OS vault). */
  readonly key: Uint8Array;
  readonly version: string;
  /**
   * The engine, or its promise: the station is up (and delivers queued work) while models load,
   * and says in the snapshot when they do not.
   */
  readonly imaging: Engine | Promise<Engine>;
  /** Enables the dev dock's faults; only ever true in sample mode. */
  readonly allowFaults: boolean;
  readonly log: Log;
  /** Proposed where the station is enrolled by hand. */
  readonly serverUrl?: string;
  /**
   * Enrols a new station in the background, by the same call as staff do. An enrolled station
   * takes over the address only, and uses the code where the server no longer knows it.
   */
  readonly enrol?: EnrolmentRequest;
  /** In place of the global `fetch` (a shell's own, which knows the system's proxy). */
  readonly fetch?: typeof globalThis.fetch;
  readonly timing?: Partial<StationTiming>;
  /** Of a shell whose page may not save files itself. */
  readonly saveFile?: SaveFile;
  /** Of a shell whose page may not print by itself. */
  readonly printer?: Printer;
};

/** Why the station cannot start; the shell shows the failure's sentence and ends. */
export class StationStartError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(`${errorSentence(failure, 'zh')} ${errorSentence(failure, 'en')}`, options);
    this.name = 'StationStartError';
    this.failure = failure;
  }
}
