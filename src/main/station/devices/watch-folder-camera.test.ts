import { contractOf, pictureFile, SHOT_CONTRACT, type ShotRig } from '@gradshot/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_SHOT_BYTES } from '../../../shared/index.ts';
import { diskFiles } from './folder-files.ts';
import { asCamera, FOLDER_TRAITS, type FolderRig, openFolder } from './tests/watch-folder-rig.ts';

let rig: FolderRig;
beforeEach(async () => {
  rig = await openFolder();
});
afterEach(() => rig.dispose());

const LONG = 40_000;

describe('a watch folder keeps the contract of every camera', () => {
  for (const { name, run } of contractOf(FOLDER_TRAITS)) it(name, () => run(asCamera(rig)));
});

/** A program that saves what the camera sends, numbered. */
function asShots(): ShotRig {
  let number = 0;
  let saved: Promise<void> = Promise.resolve();
  return {
    enterPage: rig.enterPage,
    leavePage: rig.leavePage,
    async press(picture, cut) {
      number += 1;
      const name = `IMG_000${number}.JPG`;
      saved = saved.then(() => rig.save(name, picture.subarray(0, cut)));
      await saved;
      return true;
    },
    shots: () => rig.shots,
    refusals: () => rig.refusals.map(({ code }) => code),
    wait: rig.clock.advance,
    dispose: rig.dispose,
  };
}

describe('a watch folder keeps the contract of every tethered camera', () => {
  for (const { name, run } of SHOT_CONTRACT)
    it(name, async () => {
      rig.camera.start();
      await run(asShots());
    });
});

const codes = () => rig.refusals.map(({ code }) => code);
const seen = () => rig.shots.map(({ picture }) => latin(picture));
const latin = (picture: Uint8Array) => Buffer.from(picture).toString('latin1');
const bytesOf = (text: string) => latin(pictureFile(text));

async function atThePage(): Promise<void> {
  rig.camera.start();
  await rig.enterPage();
}

describe('a file that is being written', () => {
  it('is not read before it has stood still, however whole it looks', async () => {
    await atThePage();
    const picture = pictureFile('growing', { bytes: 9000 });
    // The first part ends as a picture does.
    await rig.save('a.jpg', pictureFile('first'));
    for (let size = 5000; size < picture.length; size += 1000) {
      await rig.clock.advance(400);
      await rig.save('a.jpg', picture.subarray(0, size));
    }
    await rig.save('a.jpg', picture);
    await rig.clock.advance(LONG);
    expect(seen()).toEqual([latin(picture)]);
    expect(codes()).toEqual([]);
  });

  it('is waited for when it stands still half-way, and taken when the rest comes after all', async () => {
    await atThePage();
    const picture = pictureFile('slow');
    await rig.save('a.jpg', picture.subarray(0, 3000));
    await rig.clock.advance(9000);
    expect([seen(), codes()]).toEqual([[], []]);
    await rig.clock.advance(9000);
    expect(codes()).toEqual(['camera.pictureIncomplete']);
    await rig.save('a.jpg', picture);
    await rig.clock.advance(3000);
    expect(seen()).toEqual([bytesOf('slow')]);
    expect(codes()).toEqual(['camera.pictureIncomplete']);
  });

  it('under another name counts when it gets its own', async () => {
    await atThePage();
    for (const name of ['a.jpg.tmp', '.a.jpg', '~a.jpg', 'a.crdownload', 'a.jpg.part', 'Thumbs.db'])
      await rig.save(name, pictureFile('hidden'));
    await rig.clock.advance(LONG);
    expect(seen()).toEqual([]);
    await rig.move('a.jpg.tmp', 'a.jpg');
    await rig.clock.advance(3000);
    expect(seen()).toEqual([bytesOf('hidden')]);
  });

  it('that is empty is waited for', async () => {
    await atThePage();
    await rig.save('a.jpg', new Uint8Array());
    await rig.clock.advance(LONG);
    expect([seen(), codes()]).toEqual([[], []]);
    await rig.save('a.jpg', pictureFile('filled'));
    await rig.clock.advance(3000);
    expect(seen()).toEqual([bytesOf('filled')]);
  });

  it('that another program still holds is tried again', async () => {
    await atThePage();
    const held = async () => {
      throw Object.assign(new Error('held'), { code: 'EBUSY' });
    };
    rig.disk = { read: held };
    await rig.save('a.jpg', pictureFile('held'));
    await rig.clock.advance(6000);
    rig.disk = {};
    await rig.clock.advance(3000);
    expect([seen(), codes()]).toEqual([[bytesOf('held')], []]);
  });

  it('that may not be looked at is told of in the end', async () => {
    await atThePage();
    const held = async () => {
      throw Object.assign(new Error('held'), { code: 'EPERM' });
    };
    rig.disk = { facts: held };
    await rig.save('a.jpg', pictureFile('held'));
    await rig.clock.advance(LONG);
    expect([seen(), codes()]).toEqual([[], ['camera.pictureIncomplete']]);
  });

  // Real files under a clock of the test's own: on a machine with much else to do their news may come late.
  it('that is replaced while it is read is read again', { retry: 2 }, async () => {
    await atThePage();
    let reads = 0;
    rig.disk = {
      async read(file) {
        const picture = await diskFiles.read(file);
        reads += 1;
        if (reads === 1) await rig.save('a.jpg', pictureFile('after', { bytes: 6000 }));
        return picture;
      },
    };
    await rig.save('a.jpg', pictureFile('before'));
    await rig.clock.advance(LONG);
    expect(seen()).toEqual([latin(pictureFile('after', { bytes: 6000 }))]);
  });

  it('that is just being read when the page is left is nobody’s, and noted', async () => {
    await atThePage();
    rig.disk = {
      async read(file) {
        const picture = await diskFiles.read(file);
        rig.leavePage();
        return picture;
      },
    };
    await rig.save('a.jpg', pictureFile('late'));
    await rig.clock.advance(3000);
    await rig.enterPage();
    await rig.clock.advance(LONG);
    expect([seen(), codes()]).toEqual([[], []]);
    expect(rig.strays()).toBe(1);
  });

  it('that is larger than a shot may be is refused', async () => {
    await atThePage();
    await rig.saveEmpty('a.jpg', MAX_SHOT_BYTES + 1);
    await rig.clock.advance(LONG);
    expect(rig.refusals).toEqual([{ code: 'photo.tooLargeBytes', details: { limitMb: 60 } }]);
    expect(seen()).toEqual([]);
  });
});

describe('what a camera saves', () => {
  it('in a folder for each day is found', async () => {
    await rig.save('2026_11_29/old.jpg', pictureFile('old'));
    await atThePage();
    await rig.save('2026_11_30/IMG_0001.JPG', pictureFile('today'));
    await rig.clock.advance(LONG);
    expect(seen()).toEqual([bytesOf('today')]);
  });

  it('beside its JPEG is left alone', async () => {
    await atThePage();
    await rig.save('a.CR3', pictureFile('raw'));
    await rig.clock.advance(3000);
    await rig.save('a.JPG', pictureFile('jpeg'));
    await rig.clock.advance(LONG);
    expect([seen(), codes()]).toEqual([[bytesOf('jpeg')], []]);
  });

  it('without a JPEG is told of once', async () => {
    await atThePage();
    await rig.save('a.NEF', pictureFile('raw'));
    await rig.clock.advance(LONG);
    expect([seen(), codes()]).toEqual([[], ['camera.noJpeg']]);
  });

  it('is where and what it was afterwards', async () => {
    await atThePage();
    await rig.save('a.jpg', pictureFile('kept'));
    await rig.clock.advance(3000);
    const left = await rig.camera.look();
    expect(left).toEqual({ ok: true, value: { label: 'camera', pictures: 1 } });
  });
});

describe('old pictures', () => {
  it('that come back with the folder are not new', async () => {
    await atThePage();
    await rig.unplug();
    await rig.clock.advance(5000);
    expect(rig.states.at(-1)).toEqual({ kind: 'failed', code: 'camera.folderMissing', lost: true });
    await rig.plugIn();
    await rig.save('put-there-meanwhile.jpg', pictureFile('old'));
    await rig.clock.advance(5000);
    expect(rig.states.at(-1)).toMatchObject({ kind: 'ready' });
    await rig.save('new.jpg', pictureFile('new'));
    await rig.clock.advance(5000);
    expect(seen()).toEqual([bytesOf('new')]);
  });

  it('that a share did not show at first are not new', async () => {
    await rig.save('sub/old.jpg', pictureFile('old'));
    rig.disk = {
      list: (folder) =>
        folder.includes('sub')
          ? Promise.reject(Object.assign(new Error('away'), { code: 'EIO' }))
          : diskFiles.list(folder),
    };
    await atThePage();
    rig.disk = {};
    await rig.clock.advance(LONG);
    expect(seen()).toEqual([]);
  });

  it('that came while nobody waited are noted, and no more than that', async () => {
    await atThePage();
    rig.leavePage();
    await rig.save('a.jpg', pictureFile('a'));
    await rig.save('b.jpg', pictureFile('b'));
    await rig.clock.advance(LONG);
    await rig.enterPage();
    await rig.clock.advance(LONG);
    expect(seen()).toEqual([]);
    expect(rig.strays()).toBe(2);
  });

  it('cost no listing for each event, and no listing at all while nobody waits', async () => {
    for (let index = 0; index < 300; index += 1)
      await rig.save(`old/${index}.jpg`, pictureFile('', { bytes: 1 }));
    rig.camera.start();
    await rig.clock.advance(LONG);
    expect(rig.listings()).toBe(0);
    await rig.enterPage();
    await rig.clock.advance(1000);
    const before = rig.listings();
    const heard: ((path: string) => void)[] = [];
    rig.disk = {
      watch(_folder, onNews) {
        heard.push(onNews);
        return () => {};
      },
    };
    for (let index = 0; index < 200; index += 1) await rig.save('x.jpg', pictureFile(`${index}`));
    await rig.clock.advance(1000);
    // Root and one folder, twice a second.
    expect(rig.listings() - before).toBeLessThanOrEqual(6);
  });
});

describe('where the system tells of a new file', () => {
  it('one file is one picture, however often and however it is spelt', async () => {
    let tell: (path: string | undefined) => void = () => {};
    rig.disk = {
      watch(_folder, onNews) {
        tell = onNews;
        return () => {};
      },
    };
    await atThePage();
    const composed = 'caf\u00e9.jpg';
    await rig.save(composed, pictureFile('once'));
    for (const path of [composed, composed.normalize('NFD'), undefined, composed]) tell(path);
    await rig.clock.advance(LONG);
    expect([seen(), codes()]).toEqual([[bytesOf('once')], []]);
  });
});
