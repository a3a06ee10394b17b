import sharp from 'sharp';
import type { RgbImage } from '../picture/rgb-image.ts';
import { SHEET_DPI } from './catalogue.ts';
import { CAPTION_HEIGHT } from './layout.ts';

/** In the order of preference; the system's font for Chinese where none of them is installed. */
const FONT = 'Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif 8';

/** Writes one centred line of text, as `captionOf` gives it, on the paper, made narrower when it is too long for it. */
export async function writeCaption(
  { data, width, height }: RgbImage,
  caption: string,
  top: number,
): Promise<RgbImage> {
  const text = await drawText(caption, width);
  const paper = sharp(data, { raw: { width, height, channels: 3 } });
  const left = Math.floor((width - text.width) / 2);
  const down = top + Math.floor((CAPTION_HEIGHT - text.height) / 2);
  const written = await paper
    .composite([{ input: text.png, left, top: down }])
    .removeAlpha()
    .raw()
    .toBuffer();
  return { data: written, width, height };
}

async function drawText(caption: string, paperWidth: number) {
  const text = { text: escapeMarkup(caption), font: FONT, dpi: SHEET_DPI, rgba: true } as const;
  const { data, info } = await sharp({ text })
    .resize({
      width: Math.floor(paperWidth * 0.9),
      height: CAPTION_HEIGHT,
      fit: 'inside',
      withoutEnlargement: true,
    })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { png: data, width: info.width, height: info.height };
}

/** Pango reads its text as markup. */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
