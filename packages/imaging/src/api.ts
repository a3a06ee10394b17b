import type {
  Language,
  OutputGeometry,
  PhotoProfile,
  RefusalReason,
  Result,
  StandardizationReport,
} from '@gradshot/domain';
import type { IdentityComparison } from './identity/compare-identity.ts';
import type { IdentityThresholds } from './identity/identity-thresholds.ts';
import type { SheetPlan } from './sheets/plan.ts';
import type { Sheet } from './sheets/render-sheet.ts';

/** Execution provider asked for; `auto` tries what the platform has and falls back to `cpu`. */
export type ProviderChoice = 'auto' | 'cpu' | 'webgpu' | 'dml' | 'coreml' | 'cuda';

export type EngineOptions = {
  /** Folder with manifest.json and the .onnx files. */
  readonly modelsDir: string;
  readonly provider?: ProviderChoice;
  /** Threads per network but for a matting network; 1 by default (4 are no faster). */
  readonly threads?: number;
  /** Providers not to be tried, with the reason: one of them took the process down before. */
  readonly avoidProviders?: Readonly<Partial<Record<Exclude<ProviderChoice, 'auto'>, string>>>;
  /** Called before a provider is tried, so that a crash can be laid at its door. */
  readonly onProviderTrial?: (provider: Exclude<ProviderChoice, 'auto'>) => void;
};

export type Progress = {
  readonly stage: 'decode' | 'detect' | 'segment' | 'matte' | 'compose' | 'encode' | 'check';
  /** 0–1 over the whole photo. */
  readonly fraction: number;
};

/** What else to make of a photo in the same run; none of it changes the photo or its acceptance. */
export type Extras = {
  /** A PNG with the measurements drawn on source and result, in this language. */
  readonly explain?: Language;
  /** Print sheets from the cut-out, also of a photo that a check refused. */
  readonly sheets?: readonly SheetPlan[];
  /** An encoded picture of the person it should be, for an advisory comparison. */
  readonly reference?: Uint8Array;
  /** The roster's own bands for that comparison; the defaults without them. */
  readonly identityThresholds?: IdentityThresholds;
  /** Fingerprints (`report.fingerprint`) of this person's refused photos, for an advisory check. */
  readonly refusedBefore?: readonly string[];
};

export type StandardizeOptions = {
  readonly profile: PhotoProfile;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
  readonly also?: Extras;
};

export type Standardized = {
  readonly report: StandardizationReport;
  /** The standard photo, present whenever one could be composed, also when a check refuses it. */
  readonly jpeg?: Uint8Array;
  /** PNG; absent when the picture could not even be read. */
  readonly explanation?: Uint8Array;
  /** One for each plan. Codes: imaging.sheetTooSmall, photo.notStandard when nothing was composed. */
  readonly sheets?: readonly Result<Sheet>[];
  /** Codes: imaging.noFace (`details.picture`), photo.* for the reference. */
  readonly identity?: Result<IdentityComparison>;
};

/** What the live preview shows while the graduate takes up position. */
export type Guidance = {
  readonly faces: number;
  /** Most urgent first: what would refuse the photo, then advice. Left and right are the person's own. */
  readonly hints: readonly RefusalReason[];
  /** Nothing left that would refuse the photo; advice may remain. */
  readonly ready: boolean;
  /** Head outline in shares of the frame (0–1), for the frame's colour and position. */
  readonly head?: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  readonly pose?: Pick<OutputGeometry, 'rollDeg' | 'yawDeg' | 'pitchDeg'>;
};

export type ProviderTrial = {
  readonly provider: Exclude<ProviderChoice, 'auto'>;
  readonly usable: boolean;
  /** Median milliseconds of one run of all networks; absent when they were not timed. */
  readonly medianMs?: number;
  /** Why it was left: for words in the reader's language, and in one English sentence. */
  readonly why?: 'absent' | 'fails' | 'differs' | 'slower' | 'crashed';
  readonly reason?: string;
};

export type EngineInfo = {
  readonly provider: Exclude<ProviderChoice, 'auto'>;
  readonly trials: readonly ProviderTrial[];
  readonly models: Readonly<Record<string, string>>;
  readonly engineVersion: string;
};

/** The one engine behind the kiosk, the server's workers and the command line. */
export type Engine = {
  readonly info: EngineInfo;
  /**
   * Makes the standard photo. `source`: an encoded picture file as it came from the camera.
   * Never throws for a bad picture: the report then has `accepted: false` and a reason.
   * Rejects with AbortError when the signal fires.
   */
  standardize(source: Uint8Array, options: StandardizeOptions): Promise<Standardized>;
  /** `frame`: one encoded preview frame (JPEG, about 1280 × 720). */
  guide(frame: Uint8Array, profile: PhotoProfile): Promise<Guidance>;
  close(): Promise<void>;
};
