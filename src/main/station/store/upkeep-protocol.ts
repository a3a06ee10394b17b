/** What is done to a database beside its station, by a thread that may wait for the disk. */
export type UpkeepTask =
  /** Brings the log into the main file, with both on the disk. */
  | { readonly kind: 'checkpoint' }
  /** A whole copy as it stands now, on the disk under a name that was free. */
  | { readonly kind: 'copy'; readonly to: string }
  /** SQLite's word on whether the file is sound. */
  | { readonly kind: 'check' }
  | { readonly kind: 'close' };

/** `file`: the database's. */
export type UpkeepRequest = {
  readonly id: number;
  readonly file: string;
  readonly task: UpkeepTask;
};

export type UpkeepAnswer =
  | { readonly id: number; readonly value: string }
  | { readonly id: number; readonly error: { readonly message: string; readonly code: string } };
