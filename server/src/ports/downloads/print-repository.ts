import type { SheetLayout } from '@gradshot/contract';

/** A print sheet that is kept. */
export type PrintSheetRecord = {
  readonly photoId: string;
  readonly layout: SheetLayout;
  readonly sha256: string;
  /** `cutOut`: from the original by the engine that made the photo; `photo`: from the photo. */
  readonly source: 'cutOut' | 'photo';
  readonly madeAt: Date;
};

export type PrintRepository = {
  find(photoId: string, layout: SheetLayout): Promise<PrintSheetRecord | undefined>;
  /** What another server was faster to keep stays. */
  add(sheets: readonly PrintSheetRecord[]): Promise<void>;
};

export type PrintRows = { readonly prints: PrintRepository };
