import type { SheetLayout } from '@gradshot/contract';
import type { PhotoProfile } from '@gradshot/domain';

export type SheetFacts = {
  readonly layout: SheetLayout;
  readonly zh: string;
  readonly en: string;
  /** Pixels at 300 dpi, as the sheet will lie. */
  readonly width: number;
  readonly height: number;
  readonly copies: number;
};

export type SheetSource = {
  /** The approved standard photo. */
  readonly standard: Uint8Array;
  readonly profile: PhotoProfile;
  /** Middle of the face in the standard photo, pixels. */
  readonly faceCentreX?: number;
};

/** Makes 排版照. */
export type SheetMaker = {
  catalogue(): readonly SheetFacts[];
  make(layout: SheetLayout, source: SheetSource): Promise<Uint8Array>;
};
