import type { Result } from '@gradshot/domain';

/** What a picture file's header and a trial decode say; sizes are upright (EXIF applied). */
export type PictureFacts = {
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp' | 'image/heic';
  readonly width: number;
  readonly height: number;
  /** Density in the header, dots per inch; undefined when it says none. */
  readonly dpi?: number;
  readonly channels: number;
  readonly progressive: boolean;
};

export type PhotoInspector = {
  /**
   * Looks at a file without trusting its name or declared type. Failures: `photo.notAnImage`,
   * `photo.heicUnsupported`, `photo.tooManyPixels` (refused by the header, before any decoding),
   * `photo.unreadable`.
   */
  inspect(bytes: Uint8Array): Promise<Result<PictureFacts>>;
};
