import { useEffect, useState } from 'react';
import type { BurstView } from '../../../shared/index.ts';
import { ask } from '../../state/station-store.ts';

type Pictures = ReadonlyMap<number, string>;
const NONE: Pictures = new Map();

/**
 * Object URLs of a burst's frames, each read once; personal data, and gone with the component that shows
 * them: it is to be made anew for each burst. A frame that cannot be read is left out.
 */
export function useFramePictures({ id, frames }: BurstView): Pictures {
  const [pictures, setPictures] = useState(NONE);
  const [album] = useState(() => createAlbum(id, setPictures));
  const wanted = frames.join();
  useEffect(() => {
    for (const frame of wanted.split(',').map(Number)) album.want(frame);
  }, [album, wanted]);
  useEffect(() => album.open(), [album]);
  return pictures;
}

function createAlbum(id: string, onPictures: (pictures: Pictures) => void) {
  const asked = new Set<number>();
  let pictures = NONE;
  let open = true;
  const keep = (frame: number, url: string) => {
    if (!open) return URL.revokeObjectURL(url);
    pictures = new Map([...pictures, [frame, url]]);
    onPictures(pictures);
  };
  return {
    want(frame: number): void {
      if (asked.has(frame)) return;
      asked.add(frame);
      void read(id, frame).then((url) => url && keep(frame, url));
    },
    /** Returns what closes it for good. */
    open: () => () => {
      open = false;
      for (const url of pictures.values()) URL.revokeObjectURL(url);
    },
  };
}

async function read(id: string, frame: number): Promise<string | undefined> {
  const result = await ask('staff.readFrame', { id, frame });
  if (!result.ok) return undefined;
  const { data, type } = result.value;
  return URL.createObjectURL(new Blob([data as Uint8Array<ArrayBuffer>], { type }));
}
