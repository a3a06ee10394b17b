import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareIdentity } from '../../src/identity/compare-identity.ts';
import type { RgbImage } from '../../src/picture/rgb-image.ts';
import type { LoadedModels } from '../../src/runtime/load-models.ts';
import { samplePicture, samplePortrait } from '../face/sample-pictures.ts';
import { openTestModels } from '../face/test-models.ts';

let models: LoadedModels;
let portrait: Buffer;
beforeAll(async () => {
  models = await openTestModels();
  portrait = await samplePortrait();
});
afterAll(() => models.close());

async function decode(picture: Sharp): Promise<RgbImage> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

it('finds two versions of one photo similar, with score, model and warning', async () => {
  const other = sharp(portrait).resize(300).modulate({ brightness: 0.85 }).jpeg({ quality: 60 });
  const reencoded = sharp(await other.toBuffer());
  const result = await compareIdentity(
    models,
    await decode(sharp(portrait)),
    await decode(reencoded),
  );
  expect(result).toMatchObject({
    ok: true,
    value: {
      band: 'similar',
      model: models.versions.faceEmbedding,
      warning: { zh: expect.stringContaining('工作人员') },
    },
  });
});

it('never finds two people similar', async () => {
  const first = await decode(sharp(portrait));
  const others = [
    { left: 130, top: 420, width: 420, height: 480 },
    { left: 1380, top: 200, width: 420, height: 480 },
  ];
  for (const area of others) {
    const other = await decode(sharp(await samplePicture(6).extract(area).png().toBuffer()));
    const result = await compareIdentity(models, first, other);
    expect(result.ok && result.value.band).not.toBe('similar');
  }
});

it('names the picture in which no face was found', async () => {
  const create = { width: 400, height: 400, channels: 3, background: '#dddddd' } as const;
  const empty = await decode(sharp({ create }));
  const face = await decode(sharp(portrait));
  expect(await compareIdentity(models, face, empty)).toMatchObject({
    error: { code: 'imaging.noFace', details: { picture: 'reference' } },
  });
});
