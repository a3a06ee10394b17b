import { expect, it, vi } from 'vitest';
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

it('a closed feed builds and tells nothing more', async () => {
  const late = vi.fn(build);
  const feed = createSnapshotFeed(late);
  const listener = vi.fn();
  feed.subscribe(listener);
  feed.changed();
  feed.close();
  await Promise.resolve();
  expect(late).not.toHaveBeenCalled();
  expect(listener).not.toHaveBeenCalled();
});
