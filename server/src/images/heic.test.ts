import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createSharpInspector } from './sharp-inspector.ts';
import { createSharpViewer } from './sharp-viewer.ts';

/** Drawn, 600 × 800: green in the upper left corner, red above, blue below. */
const heic = (name: string) =>
  readFile(new URL(`../../../packages/imaging/tests/decode/heif/${name}.heic`, import.meta.url));

describe('an original in HEIC', () => {
  it('is accepted with its upright size', async () => {
    expect(await createSharpInspector().inspect(await heic('turned-with-exif'))).toMatchObject({
      ok: true,
      value: { type: 'image/heic', width: 600, height: 800 },
    });
  });

  it('is refused when it breaks off or is coded otherwise', async () => {
    const inspector = createSharpInspector();
    const whole = await heic('plain');
    expect(await inspector.inspect(whole.subarray(0, whole.length * 0.8))).toEqual({
      ok: false,
      error: { code: 'photo.unreadable' },
    });
    const avif = await sharp({
      create: { width: 300, height: 400, channels: 3, background: '#444' },
    })
      .avif()
      .toBuffer();
    expect(await inspector.inspect(avif)).toEqual({
      ok: false,
      error: { code: 'photo.heicUnsupported' },
    });
  });

  it('is shown to a reviewer as an upright JPEG', async () => {
    const view = await createSharpViewer().viewOf(await heic('turned-with-exif'));
    const { data, info } = await sharp(view).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 600, height: 800 });
    const at = (x: number, y: number) => [...data.subarray((y * 600 + x) * 3).subarray(0, 3)];
    expect(at(40, 40)[1]).toBeGreaterThan(150);
    expect(at(560, 40)[0]).toBeGreaterThan(150);
    expect(at(300, 760)[2]).toBeGreaterThan(150);
  });

  it('cannot be shown when it is damaged', async () => {
    const whole = await heic('plain');
    const broken = whole.subarray(0, whole.length / 2);
    await expect(createSharpViewer().viewOf(broken)).rejects.toThrow();
  });
});
