import { expect, it } from 'vitest';
import type { StationSnapshot } from '../../shared/index.ts';
import { createSnapshotFeed } from './snapshot-feed.ts';

const build = () => ({ language: 'zh' }) as StationSnapshot;

it('gathers the changes of a turn, and revisions only grow', async () => {
  const feed = createSnapshotFeed(build);
  const seen: number[] = [];
  const stop = feed.subscribe((snapshot) => seen.push(snapshot.revision));
  feed.changed();
  feed.changed();
  await Promise.resolve();
  expect(seen).toHaveLength(1);
  expect(feed.snapshot()).toBe(feed.snapshot());
  feed.changed();
  await Promise.resolve();
  expect(seen[1]).toBeGreaterThan(seen[0] ?? 0);
  stop();
  feed.changed();
  await Promise.resolve();
  expect(seen).toHaveLength(2);
});
