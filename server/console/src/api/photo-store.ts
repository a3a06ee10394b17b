import type { Failure, Result } from '@gradshot/domain';
import { useEffect, useState } from 'react';
import { client } from './client.ts';

export type PhotoKind = 'original' | 'standard' | 'reference';
export type PhotoKey = {
  readonly orderId: string;
  readonly photoId: string;
  readonly kind: PhotoKind;
};

type Held = { users: number; readonly url: Promise<Result<string>> };

/**
 * Photos on the screen or about to be. Each is fetched once while somebody holds it and its blob
 * URL is revoked when the last holder lets go: nothing stays in memory or in a cache.
 */
const held = new Map<string, Held>();

const nameOf = ({ orderId, photoId, kind }: PhotoKey) => `${orderId}/${photoId}/${kind}`;

async function load(key: PhotoKey): Promise<Result<string>> {
  const photo = await client.call('getConsolePhoto', { params: key });
  if (!photo.ok) return photo;
  const blob = new Blob([photo.value as BlobPart], { type: 'image/jpeg' });
  return { ok: true, value: URL.createObjectURL(blob) };
}

function start(name: string, key: PhotoKey): Held {
  const entry: Held = { users: 0, url: load(key) };
  held.set(name, entry);
  // A failure is nothing to share: whoever tries again asks the server again.
  void entry.url.then(({ ok }) => {
    if (!ok && held.get(name) === entry) held.delete(name);
  });
  return entry;
}

/** Starts loading, or joins the load that runs; call the returned function to let go. */
export function holdPhoto(key: PhotoKey): {
  readonly url: Promise<Result<string>>;
  readonly release: () => void;
} {
  const name = nameOf(key);
  const entry = held.get(name) ?? start(name, key);
  entry.users += 1;
  let released = false;
  const release = () => {
    if (released) return;
    released = true;
    entry.users -= 1;
    // The next page may take the photo over in the same turn: let go after it had the chance.
    setTimeout(() => dropIfUnused(name, entry), 0);
  };
  return { url: entry.url, release };
}

function dropIfUnused(name: string, entry: Held): void {
  if (entry.users > 0 || held.get(name) !== entry) return;
  held.delete(name);
  void entry.url.then((url) => url.ok && URL.revokeObjectURL(url.value));
}

export type PhotoState =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly url: string }
  | { readonly state: 'failed'; readonly failure: Failure };

/** The photo while the component is on the screen. `attempt`: raise it to load again. */
export function usePhoto(key: PhotoKey, attempt = 0): PhotoState {
  const [state, setState] = useState<PhotoState>({ state: 'loading' });
  const { orderId, photoId, kind } = key;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt loads again
  useEffect(() => {
    setState({ state: 'loading' });
    const photo = holdPhoto({ orderId, photoId, kind });
    let here = true;
    void photo.url.then((url) => {
      if (!here) return;
      setState(
        url.ok ? { state: 'ready', url: url.value } : { state: 'failed', failure: url.error },
      );
    });
    return () => {
      here = false;
      photo.release();
    };
  }, [orderId, photoId, kind, attempt]);
  return state;
}
