import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** A real portrait where the machine has the shared photos, else a drawn one. */
const SHARED = join(import.meta.dirname, '../../../shared/photos/portrait-1.jpg');

const DRAWN = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">
<rect width="400" height="300" fill="#e9ecef"/>
<path d="M120 300c4-60 40-80 80-80s76 20 80 80z" fill="#22314a"/>
<path d="M182 190h36v40h-36z" fill="#f0c6a8"/>
<ellipse cx="200" cy="140" rx="46" ry="60" fill="#fbdcc4"/>
<path d="M152 140c-10-66 18-84 48-84s58 18 48 84c-6-30-18-44-48-44s-42 14-48 44z" fill="#1c2433"/>
</svg>`;

/** Original (4000 × 3000) and standard photo (480 × 640) for `picture.read`, base64 JPEG. */
export async function scenePictures(): Promise<{ original: string; standard: string }> {
  const source = existsSync(SHARED) ? SHARED : Buffer.from(DRAWN);
  const original = sharp(source)
    .rotate()
    .resize(4000, 3000, { fit: 'contain', background: '#e9ecef' });
  const standard = sharp(source).rotate().resize(480, 640, { fit: 'cover', position: 'top' });
  return {
    original: (await original.jpeg({ quality: 80 }).toBuffer()).toString('base64'),
    standard: (await standard.jpeg({ quality: 90 }).toBuffer()).toString('base64'),
  };
}
