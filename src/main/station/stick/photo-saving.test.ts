import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { stationKeyContext } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import { openWithKey, publicKeyOf } from '@gradshot/storage';
import { buildReport } from '@gradshot/testkit';
import { afterEach, expect, it, vi } from 'vitest';
import type { PhotoFileView, SavedPart } from '../../../shared/index.ts';
import type { SaveFile } from '../api.ts';
import { fakeJpeg } from '../imaging/tests/stub-engine.ts';
import { openStoreRig } from '../store/tests/store-rig.ts';
import { must, openOrder, openRig, PIN, type StationRig, shoot } from '../tests/station-rig.ts';
import { readPhotoFile } from './photo-file.ts';
import { createPhotoSaving } from './photo-saving.ts';

let rig: StationRig;
afterEach(() => rig.close());

/** Orders that were paid, each taken as far as it says, without a network for deliveries. */
async function open(steps: readonly ('kept' | 'judged' | 'handedIn')[], saveFile?: SaveFile) {
  let cut = true;
  const fetch: typeof globalThis.fetch = (input, init) =>
    cut && /\/photos\/|\/hand-in$/.test(String(input))
      ? Promise.reject(new TypeError('fetch failed'))
      : rig.server.fetch(input, init);
  rig = await openRig();
  await rig.station().close();
  await rig.reopen({ fetch, ...(saveFile ? { saveFile } : {}) });
  await rig.until(() => rig.station().snapshot().connection.online, 'the server');
  for (const [index, step] of steps.entries()) await take(`c${index}`, step);
  await must(rig, 'staff.unlock', { pin: PIN });
  return {
    mend: () => {
      cut = false;
    },
  };
}

async function take(code: string, step: 'kept' | 'judged' | 'handedIn'): Promise<void> {
  rig.server.addOrder({ state: 'pendingCapture' }, code);
  await openOrder(rig, code);
  await must(rig, 'session.beginOrder');
  if (step === 'kept') rig.engine.verdict = 'refuse';
  await shoot(rig, code);
  rig.engine.verdict = 'accept';
  if (step === 'handedIn') await must(rig, 'session.handIn');
  await must(rig, 'session.leave');
}

const given = (part: SavedPart) => {
  if (part.outcome !== 'given') throw new Error(part.outcome);
  return part;
};
const photosOf = (view: Result<PhotoFileView>) => (view.ok ? view.value.photos : []);

it('packs what was handed in or accepted and has not arrived, and takes nothing away', async () => {
  await open(['handedIn', 'kept', 'judged']);
  const { outbox } = rig.station().snapshot().connection;
  const part = given(await must(rig, 'staff.savePhotos', { part: 1 }));
  expect(part).toMatchObject({ photos: 2, more: false, unreadable: 0, keyRegistered: false });
  expect(part.fileName).toMatch(/^gradshot-一号采集点-\d{4}-\d\d-\d\d-\d{4}\.photos$/);
  const photos = photosOf(readPhotoFile(part.data));
  const orderNo = (code: string) =>
    rig.server.orders.get(rig.server.codes.get(code)?.orderIds[0] ?? '')?.orderNo;
  expect(photos.map((photo) => photo.orderNo)).toEqual([orderNo('c0'), orderNo('c2')]);
  expect(rig.station().snapshot().connection.outbox).toBe(outbox);
  expect(part.data.includes(0xff)).toBe(true);
});

it('says that there is nothing once everything has arrived', async () => {
  const network = await open(['handedIn']);
  network.mend();
  await rig.until(() => rig.server.submissions.length === 1, 'the delivery');
  await rig.until(() => rig.station().snapshot().connection.outbox === 0, 'its end');
  expect(await must(rig, 'staff.savePhotos', { part: 1 })).toEqual({
    outcome: 'nothing',
    unreadable: 0,
  });
});

it('leaves out what is damaged on this disk, and says how much', async () => {
  await open(['handedIn', 'handedIn']);
  const [first] = photosOf(
    readPhotoFile(given(await must(rig, 'staff.savePhotos', { part: 1 })).data),
  );
  const sha256 = first?.originalSha256 ?? '';
  writeFileSync(`${rig.dir}/pictures/${sha256.slice(0, 2)}/${sha256}`, 'damaged');
  const part = await must(rig, 'staff.savePhotos', { part: 1 });
  expect(part).toMatchObject({ photos: 1, unreadable: 1 });
});

it('is saved by a shell that can; calling it off is told, and so is a failure', async () => {
  const saveFile = vi.fn<SaveFile>(async () => ok('saved'));
  await open(['handedIn'], saveFile);
  const saved = await must(rig, 'staff.savePhotos', { part: 1 });
  expect(saved).toMatchObject({ outcome: 'saved', photos: 1 });
  expect(saved).not.toHaveProperty('data');
  const { content } = saveFile.mock.calls[0]![0];
  expect(photosOf(readPhotoFile(content as Uint8Array))).toHaveLength(1);
  saveFile.mockResolvedValueOnce(ok('cancelled'));
  expect(await must(rig, 'staff.savePhotos', { part: 1 })).toEqual({ outcome: 'cancelled' });
  const failed = fail('station.fileNotSaved', { reason: 'ENOSPC' });
  saveFile.mockResolvedValueOnce(failed);
  expect(await rig.run('staff.savePhotos', { part: 1 })).toEqual(failed);
});

it('is for staff alone, and a part comes after the one before it', async () => {
  await open(['handedIn']);
  expect(await rig.run('staff.savePhotos', { part: 2 })).toMatchObject({ ok: false });
  await must(rig, 'staff.savePhotos', { part: 1 });
  expect(await must(rig, 'staff.savePhotos', { part: 2 })).toMatchObject({ outcome: 'nothing' });
  expect(await rig.run('staff.savePhotos', { part: 4 })).toEqual(
    fail('request.invalid', { field: 'part' }),
  );
  await must(rig, 'staff.lock');
  for (const part of [1, 2])
    expect(await rig.run('staff.savePhotos', { part })).toEqual(fail('staff.locked'));
});

it('splits what one file does not hold, and goes on where the part before it ended', async () => {
  const shop = await openStoreRig();
  for (const photoId of [1, 2, 3, 4, 5].map((n) => `00000000-0000-4000-8000-00000000000${n}`)) {
    await shop.keep(photoId, photoId);
    await shop.ledger.keepStandard(photoId, buildReport(), fakeJpeg(`standard ${photoId}`, 500));
    await shop.ledger.handIn(photoId);
  }
  const enrolment = {
    serverUrl: '',
    stationId: randomUUID(),
    deviceKey: '',
    name: 'A/B',
    school: '',
  };
  const link = { enrolment: () => enrolment };
  const { store, clock } = shop;
  const parts = { store, clock, link, saveFile: undefined };
  const whole = await createPhotoSaving(parts).save(1);
  // Of five alike two fit, a third does not.
  const half = whole.ok ? given(whole.value).data.length / 2 : 0;
  const saving = createPhotoSaving(parts, half);
  const saved = async (part: number) => {
    const result = await saving.save(part);
    if (!result.ok) throw new Error(result.error.code);
    return given(result.value);
  };
  const files = [await saved(1), await saved(2), await saved(2), await saved(3)];
  expect(files.map(({ photos, more }) => [photos, more])).toEqual([
    [2, true],
    [2, true],
    [2, true],
    [1, false],
  ]);
  expect(files[1]?.data).toEqual(files[2]?.data);
  expect(files[1]?.fileName).toMatch(/^gradshot-A B-.*-2\.photos$/);
  const all = [0, 1, 3].flatMap((x) => photosOf(readPhotoFile(files[x]!.data)));
  expect(new Set(all.map((photo) => photo.photoId)).size).toBe(5);
  // One that is larger than a file should be goes alone.
  const tight = createPhotoSaving(parts, 10);
  const first = await tight.save(1);
  expect(first.ok && given(first.value).photos).toBe(1);
  await shop.close();
});

it('entrusts its key to a server that asks for it, once', async () => {
  const privateKey = Buffer.alloc(32, 4);
  const publicKey = publicKeyOf(privateKey).toString('base64');
  await open(['handedIn']);
  expect(rig.server.calls).not.toContain('registerStationKey');
  rig.server.keyEscrow = { publicKey, keyRegistered: false };
  rig.server.failNext('registerStationKey', { code: 'server.internal' });
  const registered = () => rig.server.keyEscrow?.keyRegistered === true;
  await rig.until(registered, 'the key');
  const part = given(await must(rig, 'staff.savePhotos', { part: 1 }));
  expect(part.keyRegistered).toBe(true);
  const view = readPhotoFile(part.data);
  const context = stationKeyContext(view.ok ? view.value.installationId : '');
  const sealed = Buffer.from(rig.server.sealedKey, 'base64');
  expect(openWithKey(privateKey, sealed, context)).toEqual(Buffer.alloc(32, 9));
  await rig.restart();
  await rig.clock.advance(700_000);
  expect(rig.server.calls.filter((id) => id === 'registerStationKey')).toHaveLength(2);
});
