import type {
  FrameRating,
  GuideHint,
  GuideState,
  Language,
  OutputGeometry,
  PhotoProfile,
  Result,
  StandardizationReport,
} from '@gradshot/domain';
import type { IdentityComparison } from './identity/compare-identity.ts';
import type { IdentityThresholds } from './identity/identity-thresholds.ts';
import type { Provider, ProviderTrial } from './runtime/provider.ts';
import type { SheetPlan } from './sheets/plan.ts';
import type { Sheet } from './sheets/render-sheet.ts';

export type { EngineOptions } from './runtime/load-models.ts';
export type { ProviderChoice, ProviderTrial } from './runtime/provider.ts';

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
  /** Most urgent first, by weight. Left and right are the person's own. */
  readonly hints: readonly GuideHint[];
  /** The heaviest hint in one word: something blocks, something to correct, or all is well. */
  readonly state: GuideState;
  /** Tells the better of two frames of one person; absent where no face could be measured. */
  readonly rating?: FrameRating;
  /** Head outline in shares of the frame (0–1), for the frame's colour and position. */
  readonly head?: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  readonly pose?: Pick<OutputGeometry, 'rollDeg' | 'yawDeg' | 'pitchDeg'>;
};

export type EngineInfo = {
  readonly provider: Provider;
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
