import { type ErrorCode, ok, type Result } from '@gradshot/domain';
import { useEffect, useState } from 'react';
import { ask } from './station-store.ts';

export type PictureKind = 'original' | 'standard';
export type PictureState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly url: string }
  | { readonly kind: 'failed'; readonly code: ErrorCode };

const LOADING: PictureState = { kind: 'loading' };

/**
 * Object URLs of the present visit's pictures, so that the same original is read once although
 * four pages in a row show it. They are personal data: forgotten as soon as the visit ends.
 */
const urls = new Map<string, Promise<Result<string>>>();

async function read(photoId: string, kind: PictureKind): Promise<Result<string>> {
  const result = await ask('picture.read', { photoId, kind });
  if (!result.ok) return result;
  const { data, type } = result.value;
  return ok(URL.createObjectURL(new Blob([data as Uint8Array<ArrayBuffer>], { type })));
}

function load(photoId: string, kind: PictureKind): Promise<Result<string>> {
  const key = `${kind}/${photoId}`;
  const known = urls.get(key);
  if (known) return known;
  const url = read(photoId, kind);
  urls.set(key, url);
  // A failure is not remembered: the next page asks again.
  void url.then((made) => made.ok || urls.delete(key));
  return url;
}

export function forgetPictures(): void {
  for (const url of urls.values())
    void url.then((made) => made.ok && URL.revokeObjectURL(made.value));
  urls.clear();
}

/** The picture as an object URL for an `<img>`; the browser decodes it off the UI thread. */
export function usePicture(photoId: string | undefined, kind: PictureKind): PictureState {
  const [state, setState] = useState<PictureState>(LOADING);
  useEffect(() => {
    setState(LOADING);
    if (photoId === undefined) return;
    let current = true;
    void load(photoId, kind).then((url) => {
      if (!current) return;
      setState(
        url.ok ? { kind: 'ready', url: url.value } : { kind: 'failed', code: url.error.code },
      );
    });
    return () => {
      current = false;
    };
  }, [photoId, kind]);
  return state;
}
