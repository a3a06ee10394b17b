import type { Engine } from '@gradshot/imaging';
import type { CommandHandlers, StationSnapshot } from '../../shared/index.ts';

/** The station's core, the same behind both shells. */
export type Station = {
  readonly handlers: CommandHandlers;
  snapshot(): StationSnapshot;
  /** Called with every new snapshot; returns the unsubscribe function. */
  subscribe(listener: (snapshot: StationSnapshot) => void): () => void;
  /** Finishes what is being written, stops timers and child processes. */
  close(): Promise<void>;
};

export type StationOptions = {
  /** Database, objects and key live here. */
  readonly dataDir: string;
  /** 32 bytes that seal photos and personal data at rest; the shell keeps it (key file or OS vault). */
  readonly key: Uint8Array;
  readonly version: string;
  readonly imaging: Engine;
  /** Enables the dev dock's faults; only ever true in sample mode. */
  readonly allowFaults: boolean;
  /** One structured line per event; never anything personal in it. */
  readonly log: (level: 'info' | 'warn' | 'error', message: string, facts?: object) => void;
};
