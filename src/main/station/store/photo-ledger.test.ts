import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildRefusal, buildRefusedPhoto, buildReport } from '@gradshot/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeJpeg } from '../imaging/tests/stub-engine.ts';
import { DATABASE_FILE } from './database.ts';
import { openStoreRig, type StoreRig } from './tests/store-rig.ts';

let rig: StoreRig;
beforeEach(async () => {
  rig = await openStoreRig();
});
afterEach(() => rig.close());

const ORDER = 'order<A>';
const outbox = () => rig.store.outbox.list().map((x) => `${x.kind} ${x.state}`);
const pictures = async () => {
  const { database, vault } = rig.store;
  // Nothing lies there that no photo uses.
  expect((await vault.list()).filter((x) => !vault.isUsed(x))).toEqual([]);
  return database
    .prepare('SELECT count(*) FROM photos WHERE pictures_deleted_at IS NULL')
    .pluck()
    .get();
};

async function accepted(photoId: string, look = photoId): Promise<void> {
  expect((await rig.keep(photoId, 'A', look)).ok).toBe(true);
  const kept = await rig.ledger.keepStandard(photoId, buildReport(), fakeJpeg(`s${photoId}`));
  expect(kept.ok).toBe(true);
}

describe('a shot', () => {
  it('is kept sealed, and comes back byte for byte', async () => {
    await rig.keep('p1');
    expect(rig.ledger.current(ORDER)).toMatchObject({ step: 'kept', hasStandard: false });
    const original = await rig.ledger.original('p1');
    expect(original).toMatchObject({ ok: true });
    expect(original.ok && Buffer.compare(original.value, fakeJpeg('p1'))).toBe(0);
    const wal = await readFile(join(rig.dir, `${DATABASE_FILE}-wal`));
    const database = await readFile(join(rig.dir, DATABASE_FILE));
    for (const file of [wal, database]) expect(file.includes('name<A>')).toBe(false);
  });

  it('enters the outbox together with its acceptance', async () => {
    await accepted('p1');
    expect(outbox()).toEqual(['deliver queued']);
    expect(rig.ledger.current(ORDER)).toMatchObject({
      step: 'judged',
      accepted: true,
      hasStandard: true,
    });
    expect(rig.queued()).toBe(1);
  });

  it('that is refused stays here', async () => {
    await rig.keep('p1');
    await rig.ledger.keepStandard('p1', buildRefusal('pose.roll'), fakeJpeg('s'));
    expect(outbox()).toEqual([]);
    expect(rig.ledger.current(ORDER)).toMatchObject({
      step: 'judged',
      accepted: false,
      hasStandard: true,
    });
    expect(await rig.ledger.handIn('p1')).toMatchObject({ error: { code: 'photo.notFound' } });
  });

  it('is handed in once, however often the button is pressed', async () => {
    await accepted('p1');
    await rig.ledger.handIn('p1');
    await rig.ledger.handIn('p1');
    expect(outbox()).toEqual(['deliver queued', 'handIn queued']);
    expect(rig.ledger.delivery('p1')).toBe('queued');
  });
});

describe('what staff say about a photo', () => {
  const said = { answers: { 'face.person': 'kept', 'clothes.decent': 'notKept' } } as const;
  const columns = () =>
    rig.store.database.prepare('SELECT on_site_sealed FROM photos').pluck().all() as Buffer[];

  it('lies sealed beside it, in the row and in the label', async () => {
    await accepted('p1');
    await rig.ledger.recordOnSite('p1', said);
    expect(rig.ledger.current(ORDER)?.onSite).toEqual(said);
    expect(columns()[0]?.includes('clothes')).toBe(false);
    const { standardSha256 = '' } = rig.store.photos.find('p1') ?? {};
    expect(await rig.store.vault.label(standardSha256)).toMatchObject({
      photos: [{ step: 'judged', onSite: said }],
    });
    await rig.ledger.handIn('p1');
    expect(await rig.store.vault.label(standardSha256)).toMatchObject({
      photos: [{ step: 'handedIn', onSite: said }],
    });
  });

  it('is settled once it is handed in, and nothing is said of what cannot be seen', async () => {
    const refused = { error: { code: 'photo.notFound' } };
    await rig.keep('p1');
    expect(await rig.ledger.recordOnSite('p1', said)).toMatchObject(refused);
    await rig.ledger.keepStandard('p1', buildRefusal('pose.roll'), undefined);
    expect(await rig.ledger.recordOnSite('p1', said)).toMatchObject(refused);
    await accepted('p2');
    await rig.ledger.handIn('p2');
    expect(await rig.ledger.recordOnSite('p2', said)).toMatchObject(refused);
    expect(columns()).toEqual([null, null]);
  });

  it('goes when its pictures go', async () => {
    await accepted('p1');
    await rig.ledger.recordOnSite('p1', said);
    await rig.ledger.replace('p1');
    expect(columns()).toEqual([null]);
  });
});

describe('a release by staff', () => {
  const release = {
    checks: ['eyes.open'],
    cause: 'misjudged',
    at: '2026-11-23T01:00:00.000Z',
  } as const;
  const refused = async (...codes: Parameters<typeof buildRefusedPhoto>) => {
    await rig.keep('p1');
    await rig.ledger.keepStandard('p1', buildRefusedPhoto(...codes), fakeJpeg('s'));
  };

  it('sends the photo once, however often it is said', async () => {
    await refused('eyes.open');
    expect(outbox()).toEqual([]);
    expect(await rig.ledger.recordOnSite('p1', { release })).toMatchObject({
      value: { accepted: true, step: 'judged' },
    });
    await rig.ledger.recordOnSite('p1', { release: { ...release, cause: 'health' } });
    expect(outbox()).toEqual(['deliver queued']);
    expect(rig.queued()).toBe(1);
    await rig.ledger.handIn('p1');
    expect(outbox()).toEqual(['deliver queued', 'handIn queued']);
  });

  it('of less than refused it lets nothing go', async () => {
    await refused('eyes.open', 'mouth.closed');
    expect(await rig.ledger.recordOnSite('p1', { release })).toMatchObject({
      value: { accepted: false },
    });
    expect(outbox()).toEqual([]);
  });
});

describe('重拍', () => {
  it('before anything was sent leaves nothing to send and no picture', async () => {
    await accepted('p1');
    await rig.ledger.replace('p1');
    expect(outbox()).toEqual([]);
    expect(rig.ledger.current(ORDER)).toBeUndefined();
    expect(await rig.ledger.original('p1')).toMatchObject({ error: { code: 'photo.notFound' } });
    expect(await pictures()).toBe(0);
  });

  it('after the server may have it takes it back there', async () => {
    await accepted('p1');
    const [due] = rig.store.outbox.due(rig.clock.now());
    rig.store.outbox.sending(due?.id ?? 0);
    await rig.ledger.replace('p1');
    expect(outbox()).toEqual(['deliver sending', 'takeBack queued']);
  });

  it('keeps the bytes that the next shot shares with it', async () => {
    await accepted('p1', 'same');
    await rig.ledger.replace('p1');
    await rig.keep('p2', 'A', 'same');
    expect(await rig.ledger.original('p2')).toMatchObject({ ok: true });
    await rig.ledger.replace('p2');
    expect(await pictures()).toBe(0);
  });

  it('of a shot replaces every earlier one', async () => {
    await rig.keep('p1');
    await rig.keep('p2');
    expect(rig.ledger.current(ORDER)?.shot.photoId).toBe('p2');
    expect(rig.store.photos.find('p1')?.step).toBe('replaced');
    expect(await pictures()).toBe(1);
  });
});

describe('a full disk', () => {
  it('in the database is said, and nothing has changed', async () => {
    await rig.keep('p1');
    const { database } = rig.store;
    const pages = database.pragma('page_count', { simple: true });
    database.pragma(`max_page_count = ${pages}`);
    const report = buildReport({ models: { padding: 'x'.repeat(200_000) } });
    const kept = await rig.ledger.keepStandard('p1', report, fakeJpeg('s'));
    expect(kept).toMatchObject({ error: { code: 'station.diskFull' } });
    database.pragma('max_page_count = 1000000');
    expect(rig.ledger.current(ORDER)).toMatchObject({ step: 'kept' });
    expect(outbox()).toEqual([]);
    expect(await rig.ledger.keepStandard('p1', report, fakeJpeg('s'))).toMatchObject({ ok: true });
  });
});

it('notices a damaged picture', async () => {
  await rig.keep('p1');
  const { originalSha256 } = rig.store.photos.find('p1')!;
  await rig.store.vault.exclusively(async () => undefined);
  const path = join(rig.dir, 'pictures', originalSha256.slice(0, 2), originalSha256);
  const { writeFile } = await import('node:fs/promises');
  await writeFile(path, 'damaged');
  expect(await rig.ledger.original('p1')).toMatchObject({ error: { code: 'photo.unreadable' } });
});
