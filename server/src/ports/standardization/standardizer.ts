import type { IdentityBands, SheetLayout } from '@gradshot/contract';
import type { ErrorCode, PhotoProfile, Result, StandardizationReport } from '@gradshot/domain';

export type StandardizationProgress = {
  readonly stage: string;
  /** 0–1 over the whole photo. */
  readonly fraction: number;
};

export type StandardizationOutcome =
  /** The engine judged the photo; `jpeg` whenever one could be composed, also of a refused photo. */
  | { readonly kind: 'judged'; readonly report: StandardizationReport; readonly jpeg?: Uint8Array }
  /** The engine itself failed; the photo may be fine. */
  | { readonly kind: 'failed'; readonly code: ErrorCode };

/** Print sheets cut out of the original anew, with the report of this very run. */
export type RenderedSheets = {
  readonly report: StandardizationReport;
  readonly sheets: Readonly<Record<SheetLayout, Uint8Array>>;
};

/** What a comparison of two photos says: advice for the person who decides. */
export type IdentityAdvice = {
  readonly band: 'mismatch' | 'unclear' | 'similar';
  /** Cosine of two embeddings, −1 to 1. */
  readonly score: number;
  /** Version of the embedding network; scores of different versions must not be compared. */
  readonly model: string;
  /** Stands beside the result, always. */
  readonly warning: { readonly zh: string; readonly en: string };
};

export type StandardPhotoMaker = {
  /** `refusedBefore`: fingerprints of the order's earlier photos, for an advisory check. */
  standardize(
    original: Uint8Array,
    profile: PhotoProfile,
    onProgress: (progress: StandardizationProgress) => void,
    refusedBefore: readonly string[],
  ): Promise<StandardizationOutcome>;
};

export type SheetRenderer = {
  /** The usual sheets of these papers from the original's cut-out; the engine's failures. */
  renderSheets(
    original: Uint8Array,
    profile: PhotoProfile,
    layouts: readonly SheetLayout[],
  ): Promise<Result<RenderedSheets>>;
};

export type IdentityComparer = {
  /** Failures: `imaging.noFace` (`picture`: `photo` or `reference`), `photo.*`, the engine's. */
  compareIdentity(
    original: Uint8Array,
    reference: Uint8Array,
    profile: PhotoProfile,
    /** Where this roster's bands lie; the engine's own when absent. */
    bands?: IdentityBands,
  ): Promise<Result<IdentityAdvice>>;
};

/** The imaging engine: makes standard photos and what goes with them. */
export type Standardizer = StandardPhotoMaker &
  SheetRenderer &
  IdentityComparer & { close(): Promise<void> };

/** Failures that blame the engine: the photo may be fine, and another try may help. */
export const ENGINE_FAULTS: ReadonlySet<string> = new Set([
  'imaging.crashed',
  'imaging.cancelled',
  'imaging.modelMissing',
  'imaging.modelTampered',
  'imaging.modelUnusable',
  'server.internal',
]);
