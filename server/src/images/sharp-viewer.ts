import { errorSentence } from '@gradshot/domain';
import { sharpReadable } from '@gradshot/imaging';
import sharp from 'sharp';
import type { PhotoViewer } from '../ports/photos/photo-viewer.ts';

/** Three times what a reviewer's screen shows, so that magnifying still finds detail. */
const MAX_WIDTH = 2400;
const MAX_HEIGHT = 3200;
const QUALITY = 90;

export function createSharpViewer(): PhotoViewer {
  return {
    async viewOf(original) {
      const readable = await sharpReadable(original);
      if (!readable.ok) throw new Error(errorSentence(readable.error, 'en'));
      return sharp(readable.value)
        .autoOrient()
        .resize({ width: MAX_WIDTH, height: MAX_HEIGHT, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .jpeg({ quality: QUALITY })
        .toBuffer();
    },
  };
}
