import sharp from 'sharp';
import type { Bytes } from './scripted-world.ts';

/** Nobody's portrait: head, hair and shoulders as shapes. */
const person = (
  background: string,
) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 640">
<rect width="480" height="640" fill="${background}"/>
<path d="M50 640c6-120 96-150 190-150s184 30 190 150z" fill="#22314a"/>
<path d="M205 430h70v90l-35 34-35-34z" fill="#eac0a2"/>
<path d="M205 500l35 48 35-48 30 16-65 80-65-80z" fill="#fff"/>
<ellipse cx="240" cy="290" rx="106" ry="140" fill="#f6d3b8"/>
<path d="M128 300c-26-150 40-212 112-212s138 62 112 212c-8-78-30-118-60-128-60 26-96 16-114 4-24 24-42 64-50 124z" fill="#1c2433"/>
<circle cx="196" cy="292" r="9" fill="#1c2433"/><circle cx="284" cy="292" r="9" fill="#1c2433"/>
<path d="M212 366q28 12 56 0" stroke="#b4735c" stroke-width="6" fill="none"/></svg>`;

const WALL = '#e9ecef';
const BLUE = '#64c5ff';
const PAPERS = {
  '5in': [1500, 1051, 4, 2],
  '6in': [1795, 1205, 4, 2],
  a4: [3508, 2479, 6, 5],
} as const;

export type DrawnPictures = {
  /** 1280 × 720, as a camera's stream has it, PNG. */
  readonly original: Buffer;
  /** 480 × 640, JPEG. */
  readonly standard: Bytes;
  /** By layout, JPEG. */
  readonly sheets: Readonly<Record<string, Bytes>>;
};

/** Pictures for the scripted server and the fake camera. */
export async function drawnPictures(): Promise<DrawnPictures> {
  const original = await sharp(Buffer.from(person(WALL)))
    .resize(540, 720)
    .extend({ left: 370, right: 370, background: WALL })
    .png()
    .toBuffer();
  const standard = await sharp(Buffer.from(person(BLUE)))
    .jpeg({ quality: 92 })
    .toBuffer();
  const sheets: Record<string, Bytes> = {};
  for (const [layout, [width, height, columns, rows]] of Object.entries(PAPERS))
    sheets[layout] = await drawSheet(standard, { width, height, columns, rows });
  return { original, standard: new Uint8Array(standard), sheets };
}

type Paper = { width: number; height: number; columns: number; rows: number };

async function drawSheet(photo: Buffer, paper: Paper): Promise<Bytes> {
  const { width, height, columns, rows } = paper;
  const [w, h] = [295, 393];
  const small = await sharp(photo).resize(w, h).toBuffer();
  const places = Array.from({ length: columns * rows }, (_, i) => ({
    input: small,
    left: Math.round(((i % columns) + 0.5) * (width / columns) - w / 2),
    top: Math.round((Math.floor(i / columns) + 0.5) * (height / rows) - h / 2),
  }));
  const canvas = sharp({ create: { width, height, channels: 3, background: '#fff' } });
  return new Uint8Array(await canvas.composite(places).jpeg().toBuffer());
}
