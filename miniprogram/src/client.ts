import { platform } from './platform/index.ts';
import { createClient } from './state/client.ts';

/** The one client of the running program. */
export const client = createClient(platform);
