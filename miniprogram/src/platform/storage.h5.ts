import { fail, ok, type Result } from '@gradshot/domain';
import { sha256 as sha256Js } from 'js-sha256';
import { dropBlob, findBlob, keepBlob } from './picture-database.h5.ts';
import type { Picture, StoragePort } from './ports.ts';

/** What the browser does not keep (cookies blocked, no room) lasts as long as the page. */
const unkept = new Map<string, string>();

export const storage: StoragePort = {
  get: (key) => unkept.get(key) ?? inBrowser(() => localStorage.getItem(key)) ?? undefined,
  set: (key, value) => {
    unkept.set(key, value);
    inBrowser(() => {
      localStorage.setItem(key, value);
      unkept.delete(key);
    });
  },
  remove: (key) => {
    unkept.delete(key);
    inBrowser(() => localStorage.removeItem(key));
  },
  pictures: { keep, find, drop: (id) => dropBlob(id) },
  release: ({ uri }) => URL.revokeObjectURL(uri),
  readBytes: async (picture, offset, length) => {
    const blob = await blobOf(picture);
    if (!blob) return fail('photo.unreadable');
    return ok(await blob.slice(offset, offset + length).arrayBuffer());
  },
  sha256: digest,
};

/** Even naming the storage is an error where the browser keeps nothing. */
function inBrowser<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

async function keep(id: string, picture: Picture): Promise<Result<Picture>> {
  const blob = await blobOf(picture);
  if (!blob) return fail('photo.unreadable');
  return (await keepBlob(id, blob)) ? ok(picture) : fail('phone.storageFull');
}

async function find(id: string): Promise<Picture | undefined> {
  const blob = await findBlob(id);
  return blob && { uri: URL.createObjectURL(blob), size: blob.size };
}

/** Object URLs are read back through fetch, which copies nothing. */
async function blobOf(picture: Picture): Promise<Blob | undefined> {
  try {
    return await (await fetch(picture.uri)).blob();
  } catch {
    return undefined;
  }
}

async function digest(picture: Picture): Promise<Result<string>> {
  const blob = await blobOf(picture);
  if (!blob) return fail('photo.unreadable');
  const bytes = await blob.arrayBuffer();
  // Browsers have the fast one in secure contexts alone; a test network may be plain HTTP.
  if (!globalThis.crypto?.subtle) return ok(sha256Js(bytes));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return ok(Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}
