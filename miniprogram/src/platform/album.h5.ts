import { ok } from '@gradshot/domain';
import type { AlbumPort } from './ports.ts';

/** A browser cannot write to the album: the file is downloaded, byte for byte. */
export const album: AlbumPort = {
  hasSettings: false,
  save: async (picture, fileName) => {
    const link = document.createElement('a');
    link.href = picture.uri;
    link.download = fileName;
    document.body.append(link);
    link.click();
    link.remove();
    return ok(null);
  },
  openSettings: async () => true,
};
