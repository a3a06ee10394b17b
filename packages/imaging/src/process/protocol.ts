import type { Failure, PhotoProfile } from '@gradshot/domain';
import type {
  EngineInfo,
  EngineOptions,
  Extras,
  Guidance,
  Progress,
  Standardized,
} from '../api.ts';

/** What a started imaging process is told; functions cannot cross the border. */
export type OpenOptions = Omit<EngineOptions, 'onProviderTrial'>;

/** Station → imaging process. `id` names a job for its whole life. */
export type HostRequest =
  | { readonly type: 'open'; readonly options: OpenOptions }
  | {
      readonly type: 'standardize';
      readonly id: number;
      readonly source: Uint8Array;
      readonly profile: PhotoProfile;
      readonly also?: Extras | undefined;
    }
  | {
      readonly type: 'guide';
      readonly id: number;
      readonly source: Uint8Array;
      readonly profile: PhotoProfile;
    }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'close' };

/** Imaging process → station. */
export type HostReply =
  /** A provider is about to be tried: if the process dies now, it was this one. */
  | { readonly type: 'trial'; readonly provider: EngineInfo['provider'] }
  | { readonly type: 'opened'; readonly info: EngineInfo }
  /** The engine cannot start, and starting again would not help. */
  | { readonly type: 'refused'; readonly failure: Failure }
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'standardized'; readonly id: number; readonly value: Standardized }
  | { readonly type: 'guided'; readonly id: number; readonly value: Guidance }
  | { readonly type: 'aborted'; readonly id: number }
  /** The engine threw: a bug, with its message for the log. */
  | { readonly type: 'threw'; readonly id: number; readonly message: string };

/** One end of the message channel, as the imaging process sees it. */
export type HostPort = {
  post(reply: HostReply): void;
  onRequest(listener: (request: HostRequest) => void): void;
  /** Called when the other side is gone: nobody is left to work for. */
  onDisconnect(listener: () => void): void;
};

/** The imaging process, as its owner sees it. */
export type ImagingChild = {
  readonly pid: number | undefined;
  post(request: HostRequest): void;
  onReply(listener: (reply: HostReply) => void): void;
  /** Called once, however the process ended; `how` is for diagnostics ("code 1", "SIGKILL"). */
  onExit(listener: (how: string) => void): void;
  kill(): void;
};
