import type { Api } from '../api/api.ts';
import type { Platform } from '../platform/ports.ts';
import { uuidOf } from './identifier.ts';

/** What every store is built from; tests put their own in. */
export type Parts = {
  readonly platform: Platform;
  readonly api: Api;
  /** Resolves after so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  /** Present time, ISO 8601. */
  readonly now: () => string;
};

/** A fresh UUID for something that this phone makes. */
export const newId = async (platform: Platform): Promise<string> =>
  uuidOf(await platform.phone.randomBytes(16));
