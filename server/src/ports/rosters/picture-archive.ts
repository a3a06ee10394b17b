import type { Result } from '@gradshot/domain';

/** One file of an archive, unpacked when it is asked for. */
export type ArchivedPicture = {
  /** As the archive names it, with its folders. */
  readonly path: string;
  /** `tooLarge`: beyond what a portrait may have; `encrypted`, `damaged`: cannot be unpacked. */
  open(): Promise<Uint8Array | 'tooLarge' | 'encrypted' | 'damaged'>;
};

export type PictureArchiveReader = {
  /**
   * Files of a ZIP, without folders and what operating systems leave in archives. Failures:
   * `roster.archiveUnreadable`, `request.tooLarge` (number of files).
   */
  read(archive: Uint8Array): Result<readonly ArchivedPicture[]>;
};
