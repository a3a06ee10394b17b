import { fail, ok } from '@gradshot/domain';
import { afterEach, expect, it, vi } from 'vitest';
import type { SaveFile } from '../api.ts';
import { must, openRig, PIN, type StationRig } from './station-rig.ts';

let rig: StationRig;
afterEach(() => rig.close());

async function exported(saveFile?: SaveFile) {
  rig = await openRig(saveFile ? { saveFile } : {});
  await must(rig, 'staff.unlock', { pin: PIN });
  return rig.run('staff.exportDiagnostics');
}

it('is given to a page that may save it, for staff alone', async () => {
  expect(await exported()).toMatchObject({ value: { outcome: 'given', text: expect.any(String) } });
  await must(rig, 'staff.lock');
  expect(await rig.run('staff.exportDiagnostics')).toMatchObject({ ok: false });
});

it('is saved by a shell that can, and does not go to the page', async () => {
  const saveFile = vi.fn<SaveFile>(async () => ok('saved'));
  expect(await exported(saveFile)).toEqual(ok({ outcome: 'saved' }));
  expect(saveFile.mock.calls[0]?.[0].fileName).toMatch(/^gradshot-diagnostics-.*\.json$/);
});

it('tells why it was not saved', async () => {
  const failed = fail('station.fileNotSaved', { reason: 'ENOSPC' });
  expect(await exported(async () => failed)).toEqual(failed);
});
