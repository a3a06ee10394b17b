import { station } from './0001-station.ts';
import { collection } from './0002-collection.ts';
import { ageing } from './0003-ageing.ts';
import { photoSteps } from './0004-photo-steps.ts';
import { forgetting } from './0005-forgetting.ts';
import { dayBook } from './0006-day-book.ts';
import { onSiteRecord } from './0007-on-site-record.ts';
import { queue } from './0008-queue.ts';
import { offline } from './0009-offline.ts';
import type { Migration } from './migration.ts';

export type { Migration } from './migration.ts';

/** In order; a new one goes to the end, with a test of its own. */
export const MIGRATIONS: readonly Migration[] = [
  station,
  collection,
  ageing,
  photoSteps,
  forgetting,
  dayBook,
  onSiteRecord,
  queue,
  offline,
];
