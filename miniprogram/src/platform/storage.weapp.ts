import { fail, ok, type Result } from '@gradshot/domain';
import { sha256 as sha256Js } from 'js-sha256';
import type { Picture, StoragePort } from './ports.ts';

const files = () => wx.getFileSystemManager();
/** WeChat keeps this folder until the program is removed; up to 200 MB. */
const pathOf = (id: string) => `${wx.env.USER_DATA_PATH}/shot-${id}`;

export const storage: StoragePort = {
  get: (key) => {
    const value: unknown = wx.getStorageSync(key);
    return typeof value === 'string' && value !== '' ? value : undefined;
  },
  set: (key, value) => wx.setStorageSync(key, value),
  remove: (key) => wx.removeStorageSync(key),
  pictures: {
    keep: (id, picture) => copyFile(picture, pathOf(id)),
    find: (id) => statFile(pathOf(id)),
    drop: (id) =>
      new Promise((resolve) => {
        files().unlink({ filePath: pathOf(id), complete: () => resolve() });
      }),
  },
  // Files, not memory: WeChat clears its temporary ones, `drop` the kept ones.
  release: () => undefined,
  readBytes: (picture, offset, length) => readFile(picture, offset, length),
  sha256: digest,
};

function copyFile(picture: Picture, destPath: string): Promise<Result<Picture>> {
  return new Promise((resolve) => {
    files().copyFile({
      srcPath: picture.uri,
      destPath,
      success: () => resolve(ok({ uri: destPath, size: picture.size })),
      fail: () => resolve(fail('phone.storageFull')),
    });
  });
}

function statFile(path: string): Promise<Picture | undefined> {
  return new Promise((resolve) => {
    files().getFileInfo({
      filePath: path,
      success: ({ size }) => resolve({ uri: path, size }),
      fail: () => resolve(undefined),
    });
  });
}

function readFile(picture: Picture, position: number, length: number) {
  return new Promise<Result<ArrayBuffer>>((resolve) => {
    files().readFile({
      filePath: picture.uri,
      position,
      length: Math.min(length, picture.size - position),
      success: ({ data }) =>
        resolve(typeof data === 'string' ? fail('photo.unreadable') : ok(data as ArrayBuffer)),
      fail: () => resolve(fail('photo.unreadable')),
    });
  });
}

/** Bytes hashed at a time, so that a large original does not fill the memory. */
const HASH_BLOCK = 1024 * 1024;

async function digest(picture: Picture): Promise<Result<string>> {
  const hash = sha256Js.create();
  for (let offset = 0; offset < picture.size; offset += HASH_BLOCK) {
    const block = await readFile(picture, offset, HASH_BLOCK);
    if (!block.ok) return block;
    // WeChat's buffers come from another realm, which the hash does not recognise; a view is ours.
    hash.update(new Uint8Array(block.value));
  }
  return ok(hash.hex());
}
