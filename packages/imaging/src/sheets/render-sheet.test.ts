import { PHOTO_PROFILES } from '@gradshot/domain';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { CELLS, cellInMillimetres, findCell } from './catalogue.ts';
import { boxAround, cropForCell, type Standing } from './cell-crop.ts';
import { parseSheetPlan, type SheetPlan, usualPlan } from './plan.ts';
import { type CutOutPerson, portraitFromCutOut, portraitFromPhoto } from './portrait.ts';
import { renderSheet, type Sheet } from './render-sheet.ts';

const profile = PHOTO_PROFILES[0];
const SCALE = 0.5;

/** Somebody in the middle of a tall source, with body to spare below. */
const standing: Standing = {
  profile,
  source: { width: 1400, height: 2400 },
  subject: {
    hairTopY: 400,
    eyeLineY: 700,
    chinY: 960,
    faceWidth: 460,
    faceCentreX: 700,
    cutAtTop: false,
    touchesLeftFromY: Number.POSITIVE_INFINITY,
    touchesRightFromY: Number.POSITIVE_INFINITY,
  },
  placement: { scale: SCALE, originX: 700 - 480, originY: 240 },
};

/** A disc for a head, so that a stretched print would show it as an ellipse. */
function discPerson(): CutOutPerson {
  const crops = CELLS.map((cell) => cropForCell(standing, cell));
  const region = boxAround(crops);
  const width = Math.round(region.width);
  const height = Math.round(region.height);
  const alpha = new Uint8Array(width * height);
  const colour = new Uint8Array(width * height * 3).fill(60);
  const { hairTopY, chinY, faceCentreX } = standing.subject;
  const radius = (chinY - hairTopY) / 2;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dx = x + region.x - faceCentreX;
      const dy = y + region.y - (hairTopY + radius);
      if (dx * dx + dy * dy <= radius * radius) alpha[y * width + x] = 255;
    }
  }
  return { ...standing, region, cutout: { width, height, alpha, colour } };
}

/** Width and height of what is not background. */
function darkExtent(data: Uint8Array, width: number, height: number) {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let i = 0; i < width * height; i++) {
    if (data[3 * i]! > 80) continue;
    const x = i % width;
    const y = (i - x) / width;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { across: right - left + 1, down: bottom - top + 1, left, right };
}

describe('a crop for a cell', () => {
  it.each(CELLS)('has the shape of $id and contains head and hair', (cell) => {
    const crop = cropForCell(standing, cell);
    expect(crop.width / crop.height).toBeCloseTo(cell.width / cell.height, 6);
    expect(crop.y).toBeLessThan(standing.subject.hairTopY);
    expect(crop.y + crop.height).toBeGreaterThan(standing.subject.chinY);
    expect(crop.y + crop.height).toBeLessThanOrEqual(standing.source.height);
  });

  it('stays inside the standard photo when the source has no more body', () => {
    const source = { width: 1400, height: 1520 };
    const cell = cellInMillimetres('long', 20, 35);
    const crop = cropForCell({ ...standing, source }, cell);
    expect(crop.width / crop.height).toBeCloseTo(cell.width / cell.height, 6);
    expect(crop.y + crop.height).toBeLessThanOrEqual(240 + profile.height / SCALE + 1e-6);
    expect(crop.x + crop.width / 2).toBeCloseTo(standing.subject.faceCentreX, 6);
  });
});

describe('a print of the cut-out', () => {
  it.each(CELLS)('is never stretched: $id', async (cell) => {
    const { data, width, height } = await portraitFromCutOut(discPerson()).photo(cell);
    expect([width, height]).toEqual([cell.width, cell.height]);
    const { across, down, left, right } = darkExtent(data, width, height);
    expect(Math.abs(across - down)).toBeLessThanOrEqual(2);
    // the circle's middle is the face's, within the profile's tolerance
    expect(Math.abs((left + right + 1 - width) / 2)).toBeLessThanOrEqual(12);
  });

  it('has a background that is exact to the last value', async () => {
    const { data } = await portraitFromCutOut(discPerson(), [255, 255, 255]).photo(CELLS[1]);
    expect([...data.subarray(0, 300)].every((value) => value === 255)).toBe(true);
    const blue = await portraitFromCutOut(discPerson()).photo(CELLS[1]);
    expect([...blue.data.subarray(0, 3)]).toEqual(profile.background);
  });
});

async function rendered(plan: SheetPlan): Promise<Sheet> {
  const made = await renderSheet(portraitFromCutOut(discPerson()), plan);
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}

describe('a sheet', () => {
  let sheet: Sheet;
  beforeAll(async () => {
    sheet = await rendered(usualPlan('6in', { caption: '毕业证照 <A&B>', turnPaper: false }));
  });

  it('is a 300 dpi JPEG of the paper’s size', async () => {
    expect(await sharp(sheet.jpeg).metadata()).toMatchObject({
      format: 'jpeg',
      width: 1795,
      height: 1205,
      density: 300,
      channels: 3,
      chromaSubsampling: '4:4:4',
    });
  });

  it('is a PDF page of exactly the paper’s size with the same JPEG', async () => {
    const { PDFDocument } = await import('@cantoo/pdf-lib');
    const document = await PDFDocument.load(sheet.pdf);
    expect(document.getPageCount()).toBe(1);
    const { width, height } = document.getPage(0).getSize();
    expect([width, height]).toEqual([(1795 * 72) / 300, (1205 * 72) / 300]);
    expect(Buffer.from(sheet.pdf).includes(Buffer.from(sheet.jpeg))).toBe(true);
  });

  it.each([' ', '\u3000', '\u0000\u0001', '\u200b', '\ud800', '\u3164', '\u2800'])(
    'leaves out a caption that nobody would see: %j',
    async (caption) => {
      const { jpeg } = await rendered(usualPlan('5in', { caption }));
      const { jpeg: without } = await rendered(usualPlan('5in'));
      expect(Buffer.compare(jpeg, without)).toBe(0);
    },
  );

  it('has white margins, marks beside the photos and a caption', async () => {
    const { data, info } = await sharp(sheet.jpeg).raw().toBuffer({ resolveWithObject: true });
    const grey = (x: number, y: number) => data[(y * info.width + x) * 3]!;
    expect(grey(3, 3)).toBeGreaterThan(250);
    const caption = data.subarray((1205 - 76) * info.width * 3, (1205 - 20) * info.width * 3);
    expect(caption.some((value) => value < 60)).toBe(true);
  });
});

it('prints from the approved photo alone', async () => {
  const create = { width: 480, height: 640, channels: 3, background: '#64c5ff' } as const;
  const head = Buffer.from(
    '<svg width="200" height="200"><circle cx="100" cy="100" r="100"/></svg>',
  );
  const jpeg = await sharp({ create })
    .composite([{ input: head, left: 146, top: 90 }])
    .jpeg({ quality: 95 })
    .toBuffer();
  const portrait = portraitFromPhoto(jpeg, profile, 246);
  for (const cell of CELLS) {
    const photo = await portrait.photo(cell);
    const { across, down, left, right } = darkExtent(photo.data, photo.width, photo.height);
    expect(Math.abs(across - down)).toBeLessThanOrEqual(3);
    expect(Math.abs((left + right + 1 - photo.width) / 2)).toBeLessThanOrEqual(6);
  }
});

describe('a plan of one’s own', () => {
  it('takes sizes by name or in pixels', () => {
    const cells = [{ cell: 'small-2in', count: 2 }, { cell: { id: 'x', width: 300, height: 300 } }];
    const plan = parseSheetPlan(JSON.stringify({ paper: 'a4', cells, cutLines: 'outline' }));
    expect(plan.cells[0]).toEqual({ cell: findCell('small-2in'), count: 2 });
    expect(plan).toMatchObject({ paper: { width: 3508 }, cutLines: 'outline', turnPaper: true });
  });

  it.each([
    ['{', 'not JSON'],
    ['{"paper":"a4","cells":[]}', '"cells"'],
    ['{"paper":"a9","cells":[{"cell":"1in"}]}', '"paper"'],
    ['{"paper":"a4","cells":[{"cell":"9in"}]}', '"cells.0.cell"'],
    ['{"paper":"a4","cells":[{"cell":"1in"}],"gap":-1}', '"gap"'],
  ])('says what is wrong in %s', (json, where) => {
    expect(() => parseSheetPlan(json)).toThrow(where);
  });
});
