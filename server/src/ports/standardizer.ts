import type { StandardizationReport } from '@gradshot/contract';
import type { ErrorCode, PhotoProfile } from '@gradshot/domain';

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

/** Makes standard photos. */
export type Standardizer = {
  standardize(
    original: Uint8Array,
    profile: PhotoProfile,
    onProgress: (progress: StandardizationProgress) => void,
  ): Promise<StandardizationOutcome>;
  close(): Promise<void>;
};
