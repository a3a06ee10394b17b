/** Execution provider asked for; `auto` tries what the platform has and falls back to `cpu`. */
export type ProviderChoice = 'auto' | 'cpu' | 'webgpu' | 'dml' | 'coreml' | 'cuda';

export type Provider = Exclude<ProviderChoice, 'auto'>;

export type ProviderTrial = {
  readonly provider: Provider;
  readonly usable: boolean;
  /** Median milliseconds of one run of all networks; absent when they were not timed. */
  readonly medianMs?: number;
  /** Why it was left: for words in the reader's language, and in one English sentence. */
  readonly why?: 'absent' | 'fails' | 'differs' | 'slower' | 'crashed';
  readonly reason?: string;
};
