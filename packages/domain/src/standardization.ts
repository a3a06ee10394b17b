import type { Range } from './photo-profile.ts';

/**
 * The outcome of standardising one photo: what the imaging engine returns, the station stores,
 * the server keeps beside the picture and every screen explains.
 */

export type CheckLevel = 'pass' | 'warn' | 'fail';

export type CheckResult = {
  /** Code of a machine check, see `MACHINE_CHECKS`. */
  readonly code: string;
  readonly level: CheckLevel;
  /** The measured value in `unit`; null when it could not be measured (the level is then `warn`). */
  readonly value: number | null;
  /** The number, or the range, that the value was held against. */
  readonly limit: number | Range | null;
  readonly unit: string;
  /** One sentence that says what to change (or that all is well). */
  readonly zh: string;
  readonly en: string;
  /** Where on the source picture to look; x, y, width, height as 0–1 shares of the upright source. */
  readonly hint?: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
};

/** Measured on the result, in output pixels and degrees. */
export type OutputGeometry = {
  readonly hairTopY: number;
  readonly eyeLineY: number;
  readonly faceWidth: number;
  readonly faceCentreX: number;
  readonly rollDeg: number;
  readonly yawDeg: number;
  readonly pitchDeg: number;
};

export type RefusalReason = { readonly code: string; readonly zh: string; readonly en: string };

export type StandardizationReport = {
  readonly accepted: boolean;
  readonly reason?: RefusalReason;
  readonly profile: { readonly id: string; readonly version: number };
  readonly output?: {
    readonly width: number;
    readonly height: number;
    readonly bytes: number;
    readonly quality: number;
    readonly dpi: number;
  };
  readonly geometry?: OutputGeometry;
  /** Perceptual hash of the photo's head, 64 hexadecimal digits; present with `output`. */
  readonly fingerprint?: string;
  readonly checks: readonly CheckResult[];
  /** Milliseconds by stage, and `total`. */
  readonly timingsMs: Readonly<Record<string, number>>;
  /** Model role → version: 12 hex digits of a digest of the file and of how it is fed and read. */
  readonly models: Readonly<Record<string, string>>;
  readonly provider: string;
  /** Version of the engine's own code and settings. */
  readonly engineVersion: string;
};
