import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFileObjectStore, sha256Hex } from '@gradshot/storage';
import { buildRefusal, buildRefusedPhoto, buildReport } from '@gradshot/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_TIMING } from '../ground/timing.ts';
import { fakeJpeg } from '../imaging/tests/stub-engine.ts';
import { DATABASE_FILE } from './database.ts';
import { markStep } from './photo-ledger.ts';
import { repairPhotos } from './photo-repair.ts';
import { sweepPictures } from './retention.ts';
import type { Store } from './store.ts';
import { openStoreRig, STORE_KEY, type StoreRig } from './tests/store-rig.ts';

let rig: StoreRig;
let store: Store;
beforeEach(async () => {
  rig = await openStoreRig();
  store = rig.store;
});
afterEach(() => rig.close());

async function judged(photoId: string, code = 'A'): Promise<void> {
  await rig.keep(photoId, code);
  await rig.ledger.keepStandard(photoId, buildReport(), fakeJpeg(`s${photoId}`));
}

/** The rows are gone; the pictures are not. */
function forget(photoId: string): void {
  for (const table of ['outbox', 'photos'])
    store.database.prepare(`DELETE FROM ${table} WHERE photo_id = ?`).run(photoId);
}

const rows = () => store.outbox.list().map((x) => `${x.kind} ${x.orderNo} ${x.state}`);
const newest = (code: string) => store.photos.newest(`order<${code}>`);

describe('photos that the database does not know', () => {
  it('come back as far as they were, with what has to be delivered', async () => {
    await rig.keep('kept', 'A');
    await judged('judged', 'B');
    await judged('handed in', 'C');
    await rig.ledger.handIn('handed in');
    const before = ['A', 'B', 'C'].map(newest);
    const queue = rows();
    for (const photoId of ['kept', 'judged', 'handed in']) forget(photoId);
    expect(await repairPhotos(store)).toMatchObject({ rebuilt: 3, quarantined: 0, removed: 0 });
    expect(['A', 'B', 'C'].map(newest)).toEqual(before);
    expect(rows()).toEqual(queue);
    expect(await repairPhotos(store)).toMatchObject({ rebuilt: 0, corrected: 0 });
  });

  it('come back as arrived where they had arrived, and are not sent again', async () => {
    await judged('p');
    await rig.ledger.handIn('p');
    const photo = store.photos.find('p');
    if (photo) await markStep({ ...store, clock: rig.clock }, photo, 'arrived');
    forget('p');
    await repairPhotos(store);
    expect(store.photos.find('p')?.step).toBe('arrived');
    expect(rows()).toEqual([]);
  });

  it('come back with what staff said about them', async () => {
    const said = { answers: { 'face.person': 'kept' } } as const;
    await judged('p');
    await rig.ledger.recordOnSite('p', said);
    forget('p');
    await repairPhotos(store);
    expect(newest('A')?.onSite).toEqual(said);
    // A crash between the label and the row: said, or taken back.
    store.photos.recordOnSite('p', undefined);
    expect(await repairPhotos(store)).toMatchObject({ corrected: 1 });
    expect(newest('A')?.onSite).toEqual(said);
    await rig.ledger.recordOnSite('p', undefined);
    store.photos.recordOnSite('p', said);
    expect(await repairPhotos(store)).toMatchObject({ corrected: 1 });
    expect(newest('A')?.onSite).toBeUndefined();
    expect(await repairPhotos(store)).toMatchObject({ corrected: 0 });
  });

  it('that staff released come back released, and are delivered', async () => {
    const at = '2026-11-23T01:00:00.000Z';
    const release = { checks: ['eyes.open'], cause: 'misjudged', at } as const;
    await rig.keep('p');
    await rig.ledger.keepStandard('p', buildRefusedPhoto('eyes.open'), fakeJpeg('s'));
    await rig.ledger.recordOnSite('p', { release });
    forget('p');
    await repairPhotos(store);
    expect(newest('A')).toMatchObject({ step: 'judged', accepted: true, onSite: { release } });
    expect(rows()).toEqual(['deliver no<A> queued']);
    // A crash between the label and the row.
    store.outbox.callOff('p');
    store.database.prepare('UPDATE photos SET accepted = 0, on_site_sealed = NULL').run();
    expect(await repairPhotos(store)).toMatchObject({ corrected: 1 });
    expect(newest('A')?.accepted).toBe(true);
    expect(rows()).toEqual(['deliver no<A> queued']);
  });

  it('take their place in the order of the shots, whatever the clock said', async () => {
    await judged('first');
    await rig.ledger.handIn('first');
    await rig.keep('elsewhere', 'B');
    forget('first');
    await repairPhotos(store);
    expect(newest('A')?.sequence).toBe(1);
    expect(store.photos.nextSequence()).toBe(3);
  });

  it('are not put before a later shot that nobody handed them in against', async () => {
    await rig.keep('early');
    forget('early');
    await rig.keep('late');
    expect(await repairPhotos(store)).toMatchObject({ rebuilt: 0, quarantined: 1 });
    expect(newest('A')?.shot.photoId).toBe('late');
  });
});

describe('rows that are behind their pictures', () => {
  it('follow: a judgement, a 提交', async () => {
    await judged('p');
    await rig.ledger.handIn('p');
    store.database
      .prepare("UPDATE photos SET step = 'kept', standard_sha256 = NULL, report_sealed = NULL")
      .run();
    store.database.prepare('DELETE FROM outbox').run();
    expect(await repairPhotos(store)).toMatchObject({ corrected: 1 });
    expect(newest('A')).toMatchObject({ step: 'handedIn', accepted: true });
    expect(newest('A')?.report).toEqual(buildReport());
    expect(rows().map((row) => row.split(' ')[0])).toEqual(['deliver', 'handIn']);
  });

  it('get back a report that does not open any more, and stay as far as they are', async () => {
    await judged('p');
    await rig.ledger.handIn('p');
    store.database.prepare("UPDATE photos SET report_sealed = x'00'").run();
    expect(newest('A')?.report).toBeUndefined();
    expect(await repairPhotos(store)).toMatchObject({ corrected: 1 });
    expect(newest('A')).toMatchObject({ step: 'handedIn', report: buildReport() });
  });

  it('follow what they say wrongly, where no check of the database could see it', async () => {
    await judged('p');
    store.database
      .prepare(`UPDATE photos SET captured_at = 'X', width = 1, original_sha256 = ?`)
      .run('0'.repeat(64));
    expect(await repairPhotos(store)).toMatchObject({ corrected: 1 });
    expect(newest('A')).toMatchObject({
      shot: { width: 4000, capturedAt: '2026-11-23T01:00:00.000Z' },
      originalSha256: sha256Hex(fakeJpeg('p')),
    });
  });

  it.each([
    ['order_id', 'order<B>'],
    ['original_type', 'image/png'],
    ['captured_at', '2026-01-01T00:00:00.000Z'],
    ['width', 1],
    ['height', 1],
  ])('follow each fact alone: %s', async (column, wrong) => {
    await judged('p');
    await rig.keep('other', 'B');
    const before = store.photos.find('p');
    store.database.prepare(`UPDATE photos SET ${column} = ? WHERE photo_id = 'p'`).run(wrong);
    expect(await repairPhotos(store)).toMatchObject({ corrected: 1 });
    expect(store.photos.find('p')).toEqual(before);
    expect(rows()).toEqual(['deliver no<A> queued']);
    expect(await repairPhotos(store)).toMatchObject({ corrected: 0 });
  });

  it('follow their own label where two photos are the same picture', async () => {
    for (const [photoId, code] of [
      ['one', 'A'],
      ['two', 'B'],
    ] as const) {
      await rig.keep(photoId, code);
      await rig.ledger.keepStandard(photoId, buildReport(), fakeJpeg('same'));
    }
    const before = ['one', 'two'].map((photoId) => store.photos.find(photoId));
    store.database.prepare('UPDATE photos SET width = 1').run();
    expect(await repairPhotos(store)).toMatchObject({ corrected: 2 });
    expect(['one', 'two'].map((photoId) => store.photos.find(photoId))).toEqual(before);
  });

  it('bring their order back with them', async () => {
    await judged('p');
    await rig.keep('other', 'B');
    store.database.prepare("UPDATE photos SET order_id = 'order<B>' WHERE photo_id = 'p'").run();
    store.database.prepare("UPDATE outbox SET order_id = 'order<B>'").run();
    store.database.prepare("DELETE FROM orders WHERE order_id = 'order<A>'").run();
    await repairPhotos(store);
    expect(newest('A')?.shot.photoId).toBe('p');
    expect(store.orders.orderNo('order<A>')).toBe('no<A>');
  });

  it('of an older copy do not stand before what replaced them', async () => {
    await judged('first');
    const copy = store.photos.find('first');
    await rig.keep('second');
    store.database
      .prepare(`UPDATE photos SET step = 'judged', pictures_deleted_at = NULL WHERE photo_id = ?`)
      .run(copy?.shot.photoId ?? '');
    await repairPhotos(store);
    expect(store.photos.find('first')?.step).toBe('replaced');
    expect(newest('A')?.shot.photoId).toBe('second');
  });
});

describe('what nothing explains', () => {
  const strange = async () =>
    createFileObjectStore(join(rig.dir, 'pictures'), STORE_KEY).put(Buffer.from('?'));

  it('is quarantined, told at every start, and kept for weeks by the server’s clock', async () => {
    const address = await strange();
    for (let start = 0; start < 2; start++)
      expect(await repairPhotos(store)).toMatchObject({ quarantined: 1, removed: 0 });
    expect(store.quarantine.count()).toBe(1);
    const timing = DEFAULT_TIMING;
    const now = rig.clock.now();
    await sweepPictures({ ...store, timing }, now);
    await sweepPictures({ ...store, timing }, now + timing.quarantineRetentionMs - 1);
    expect(await store.vault.has(address)).toBe(true);
    await sweepPictures({ ...store, timing }, now + timing.quarantineRetentionMs);
    expect(await store.vault.has(address)).toBe(false);
    expect(store.events.latest(1)).toMatchObject([{ kind: 'quarantine.deleted' }]);
    expect(store.quarantine.count()).toBe(0);
  });

  it('leaves the quarantine when it is explained', async () => {
    const address = await strange();
    await repairPhotos(store);
    await rm(join(rig.dir, 'pictures', address.slice(0, 2), address));
    await repairPhotos(store);
    expect(store.quarantine.count()).toBe(0);
  });

  it('is a photo without its original', async () => {
    await judged('p');
    const original = sha256Hex(fakeJpeg('p'));
    forget('p');
    await rm(join(rig.dir, 'pictures', original.slice(0, 2), original));
    expect(await repairPhotos(store)).toMatchObject({ rebuilt: 0, quarantined: 1 });
  });
});

/** File name and reason of all that is quarantined. */
const reasons = () =>
  store.database.prepare('SELECT reason FROM quarantine ORDER BY reason').pluck().all();
const pathOf = (sha256: string) => join(rig.dir, 'pictures', sha256.slice(0, 2), sha256);
const objects = () => createFileObjectStore(join(rig.dir, 'pictures'), STORE_KEY);

/** One byte of the label, or of the picture behind it, is another one. */
async function damage(sha256: string, part: 'label' | 'picture'): Promise<void> {
  const bytes = await readFile(pathOf(sha256));
  const at = part === 'label' ? 40 : bytes.length - 1;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(pathOf(sha256), bytes);
}

describe('the reason for quarantine', () => {
  it('is that it cannot be opened, or says nothing of itself', async () => {
    await objects().put(Buffer.from('?'));
    await rig.keep('p');
    const { originalSha256 = '' } = store.photos.find('p') ?? {};
    forget('p');
    await damage(originalSha256, 'label');
    expect(await repairPhotos(store)).toMatchObject({ rebuilt: 0, quarantined: 2, removed: 0 });
    expect(reasons()).toEqual(['damaged', 'unlabelled']);
  });

  it('is that the other picture is gone, or damaged, and nothing of the photo is deleted', async () => {
    for (const code of ['A', 'B']) await judged(`p${code}`, code);
    const [gone, damaged] = ['A', 'B'].map((code) => sha256Hex(fakeJpeg(`p${code}`)));
    for (const code of ['A', 'B']) forget(`p${code}`);
    await rm(pathOf(gone ?? ''));
    await damage(damaged ?? '', 'picture');
    expect(await repairPhotos(store)).toMatchObject({ rebuilt: 0, removed: 0 });
    expect(reasons()).toEqual(['damaged', 'damaged', 'incomplete']);
    expect(await store.vault.list()).toHaveLength(3);
  });

  it('is that a later shot took its place, be it handed in or not; not that one did elsewhere', async () => {
    await judged('early');
    await judged('other', 'B');
    for (const photoId of ['early', 'other']) forget(photoId);
    await rig.keep('late');
    expect(await repairPhotos(store)).toMatchObject({ rebuilt: 1, quarantined: 2 });
    expect(reasons()).toEqual(['overtaken', 'overtaken']);
    expect(newest('B')?.shot.photoId).toBe('other');
  });

  it('is none for what was handed in: the server judges that, whatever came later', async () => {
    await judged('first');
    await rig.ledger.handIn('first');
    forget('first');
    await rig.keep('second');
    expect(await repairPhotos(store)).toMatchObject({ rebuilt: 1, quarantined: 0 });
    expect(rows()).toEqual(['deliver no<A> queued', 'handIn no<A> queued']);
  });
});

it('a photo whose pictures are gone and that nothing replaced stays, for staff to see', async () => {
  await judged('p');
  const { originalSha256 = '', standardSha256 = '' } = store.photos.find('p') ?? {};
  for (const sha256 of [originalSha256, standardSha256]) await rm(pathOf(sha256));
  expect(await repairPhotos(store)).toMatchObject({ rebuilt: 0, corrected: 0, removed: 0 });
  expect(newest('A')).toMatchObject({ step: 'judged', picturesDeleted: false });
  expect(rows()).toEqual(['deliver no<A> queued']);
});

it('what replaced a photo calls its delivery off where the copy was older', async () => {
  await judged('first');
  const { originalSha256 = '', standardSha256 = '' } = store.photos.find('first') ?? {};
  await rig.keep('second');
  for (const table of ['photos', 'outbox'])
    store.database
      .prepare(
        table === 'photos'
          ? `UPDATE photos SET step = 'judged', pictures_deleted_at = NULL WHERE photo_id = 'first'`
          : `UPDATE outbox SET state = 'queued' WHERE photo_id = 'first'`,
      )
      .run();
  expect(await store.vault.has(originalSha256)).toBe(false);
  expect(await store.vault.has(standardSha256)).toBe(false);
  await repairPhotos(store);
  expect(store.photos.find('first')).toMatchObject({ step: 'replaced', picturesDeleted: true });
  expect(rows()).toEqual([]);
});

it('pictures that were erased in their time stay erased, and the name with them', async () => {
  for (const code of ['A', 'B']) {
    await judged(`p${code}`, code);
    await rig.ledger.handIn(`p${code}`);
    store.photos.setStep(`p${code}`, 'arrived');
  }
  store.database.prepare('DELETE FROM outbox').run();
  const { originalSha256 = '', standardSha256 = '' } = store.photos.find('pA') ?? {};
  for (const sha256 of [originalSha256, standardSha256]) await rm(pathOf(sha256));
  await repairPhotos(store);
  expect(store.photos.find('pA')).toMatchObject({ step: 'arrived', picturesDeleted: true });
  expect(store.photos.find('pB')).toMatchObject({ step: 'arrived', picturesDeleted: false });
  const sealed = store.database.prepare('SELECT student_sealed IS NULL FROM orders').pluck().all();
  expect(sealed).toEqual([1, 0]);
});

it('a row that is further than its label stays there', async () => {
  await judged('p');
  store.database.prepare("UPDATE photos SET step = 'handedIn'").run();
  expect(await repairPhotos(store)).toMatchObject({ corrected: 0 });
  expect(newest('A')?.step).toBe('handedIn');
  expect(rows()).toEqual(['deliver no<A> queued', 'handIn no<A> queued']);
});

it('queues nothing for what was not judged, or refused', async () => {
  await rig.keep('kept', 'A');
  await rig.keep('refused', 'B');
  await rig.ledger.keepStandard('refused', buildRefusal('pose.roll'), fakeJpeg('s'));
  for (const photoId of ['kept', 'refused']) forget(photoId);
  expect(await repairPhotos(store)).toMatchObject({ rebuilt: 2 });
  expect(newest('B')).toMatchObject({ step: 'judged', accepted: false });
  expect(rows()).toEqual([]);
});

it('gives a photo another place where its own is taken', async () => {
  await judged('first');
  await rig.ledger.handIn('first');
  forget('first');
  await rig.keep('elsewhere', 'B');
  store.database.prepare("UPDATE photos SET sequence = 1 WHERE photo_id = 'elsewhere'").run();
  await repairPhotos(store);
  expect([newest('A')?.sequence, newest('B')?.sequence]).toEqual([2, 1]);
});

it('puts photos back in the order in which they were taken', async () => {
  const taken = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'];
  for (const photoId of taken) {
    await judged(photoId, photoId);
    await rig.ledger.handIn(photoId);
  }
  for (const photoId of taken) forget(photoId);
  await repairPhotos(store);
  expect(rows().map((row) => row.split(' ')[1])).toEqual(
    taken.flatMap((code) => [`no<${code}>`, `no<${code}>`]),
  );
});

it('notes what it did, and nothing where it did nothing', async () => {
  await rig.keep('p');
  await repairPhotos(store);
  expect(store.events.latest(1)).toEqual([]);
  forget('p');
  await repairPhotos(store);
  expect(store.events.latest(1)).toMatchObject([
    {
      kind: 'photos.repaired',
      facts: { rebuilt: 1, corrected: 0, quarantined: 0, removed: 0 },
    },
  ]);
});

it('deletes what is left of a replaced photo, also where it says nothing any more', async () => {
  await judged('p1');
  const bytes = [fakeJpeg('p1'), fakeJpeg('sp1')];
  await rig.ledger.replace('p1');
  for (const picture of bytes) await objects().put(picture);
  await writeFile(pathOf(sha256Hex(bytes[0] ?? Buffer.alloc(0))), 'cut short');
  expect(await repairPhotos(store)).toMatchObject({ removed: 2, quarantined: 0 });
  expect(await store.vault.list()).toEqual([]);
});

it('deletes leftovers that the database explains, and nothing else', async () => {
  await rig.keep('p1');
  const left = sha256Hex(fakeJpeg('p1'));
  const path = join(rig.dir, 'pictures', left.slice(0, 2), left);
  const bytes = await readFile(path);
  await rig.ledger.replace('p1');
  // A crash between the transaction and the deletion.
  await writeFile(path, bytes);
  expect(await repairPhotos(store)).toMatchObject({ removed: 1, quarantined: 0, rebuilt: 0 });
  expect(await store.vault.list()).toEqual([]);
});

it('labels what an earlier program left without one', async () => {
  await judged('p');
  const { originalSha256 = '', standardSha256 = '' } = store.photos.find('p') ?? {};
  const objects = createFileObjectStore(join(rig.dir, 'pictures'), STORE_KEY);
  for (const [sha256, picture] of [
    [originalSha256, fakeJpeg('p')],
    [standardSha256, fakeJpeg('sp')],
  ] as const) {
    await objects.remove(sha256);
    await objects.put(picture);
  }
  await repairPhotos(store);
  forget('p');
  expect(await repairPhotos(store)).toMatchObject({ rebuilt: 1 });
  expect(newest('A')).toMatchObject({ step: 'judged', accepted: true });
});

it('labels what was only shot, with the number that people know its order by', async () => {
  await rig.keep('p');
  const { originalSha256 = '' } = store.photos.find('p') ?? {};
  await objects().remove(originalSha256);
  await objects().put(fakeJpeg('p'));
  await repairPhotos(store);
  forget('p');
  store.database.prepare('DELETE FROM orders').run();
  expect(await repairPhotos(store)).toMatchObject({ rebuilt: 1, quarantined: 0 });
  expect(newest('A')).toMatchObject({ step: 'kept', accepted: undefined });
  expect(store.orders.orderNo('order<A>')).toBe('no<A>');
});

describe('the database itself', () => {
  it('is not left empty for hours after somebody handed in', async () => {
    const size = async () => (await stat(join(rig.dir, DATABASE_FILE))).size;
    const before = await size();
    for (let i = 0; i < 20; i++) await judged(`p${i}`, `c${i}`);
    await rig.ledger.handIn('p0');
    // A thread of its own brings it in, which no test's clock hurries.
    await vi.waitFor(async () => {
      await rig.clock.advance(1000);
      expect(await size()).toBeGreaterThan(before);
      // The main file alone knows it.
      const main = await readFile(join(rig.dir, DATABASE_FILE));
      expect(main.includes('handedIn')).toBe(true);
    }, 10_000);
  });
});
