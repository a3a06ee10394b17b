import { fileURLToPath } from 'node:url';

/** Not from `scripts/setup`, whose builds ask this room what they ship. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
