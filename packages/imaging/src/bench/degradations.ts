import type { MachineCheckCode } from '@gradshot/domain';
import sharp, { type Sharp } from 'sharp';
import { eyeSpanOf } from '../checks/face-patch.ts';
import { type FaceAnalysis, MESH, type Point } from '../face/face-analysis.ts';
import type { RgbImage } from '../picture/rgb-image.ts';

/** A portrait with one thing wrong, and the check that should say so. */
export type Degradation = {
  readonly name: string;
  readonly expected: MachineCheckCode;
  make(image: RgbImage, face: FaceAnalysis): Promise<Uint8Array>;
};

function open({ data, width, height }: RgbImage): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** PNG, so that nothing but the degradation changes the pixels. */
function png(picture: Sharp): Promise<Uint8Array> {
  return picture.png({ compressionLevel: 1 }).toBuffer();
}

/** Changes every value; `x` and `y` in pixels. */
function map(
  image: RgbImage,
  change: (value: number, x: number, y: number, channel: number) => number,
): Sharp {
  const { width, data } = image;
  const out = Uint8Array.from(data, (value, i) => {
    const pixel = Math.floor(i / 3);
    const changed = change(value, pixel % width, Math.floor(pixel / width), i % 3);
    return Math.max(0, Math.min(255, Math.round(changed)));
  });
  return open({ ...image, data: out });
}

/** As if the shutter had been open `stops` longer. */
function expose(stops: number) {
  return (image: RgbImage) =>
    png(map(image, (v) => 255 * Math.min(1, (v / 255) ** 2.2 * 2 ** stops) ** (1 / 2.2)));
}

function draw(image: RgbImage, svg: string): Promise<Uint8Array> {
  const { width, height } = image;
  const page = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${svg}</svg>`;
  return png(open(image).composite([{ input: Buffer.from(page) }]));
}

function middle(p: Point, q: Point): Point {
  return { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 };
}

function eyeCentres({ points }: FaceAnalysis): [Point, Point] {
  return [
    middle(points[MESH.leftEyeOuter]!, points[MESH.leftEyeInner]!),
    middle(points[MESH.rightEyeOuter]!, points[MESH.rightEyeInner]!),
  ];
}

function sunglasses(image: RgbImage, face: FaceAnalysis): Promise<Uint8Array> {
  const span = eyeSpanOf(face);
  const lenses = eyeCentres(face)
    .map(({ x, y }) => {
      return `<ellipse cx="${x}" cy="${y}" rx="${span * 0.26}" ry="${span * 0.2}" fill="#111"/>`;
    })
    .join('');
  return draw(image, lenses);
}

function hairOverEye(image: RgbImage, face: FaceAnalysis): Promise<Uint8Array> {
  const span = eyeSpanOf(face);
  const [{ x, y }] = eyeCentres(face);
  const strands = [-0.2, -0.1, 0, 0.1, 0.2].map((shift) => {
    const at = x + shift * span;
    return `<line x1="${at}" y1="${y - 0.6 * span}" x2="${at + 0.05 * span}" y2="${y + 0.3 * span}"
      stroke="#1a1412" stroke-width="${0.06 * span}"/>`;
  });
  return draw(image, strands.join(''));
}

function redHat(image: RgbImage, { points, box }: FaceAnalysis): Promise<Uint8Array> {
  const { x, y } = points[MESH.foreheadTop]!;
  const hat = `<ellipse cx="${x}" cy="${y - 0.3 * box.width}" rx="${0.75 * box.width}"
    ry="${0.42 * box.width}" fill="#b01020"/>`;
  return draw(image, hat);
}

/** Everything below the chin, whatever it is, in the background's blue. */
function blueClothes(image: RgbImage, { points, box }: FaceAnalysis): Promise<Uint8Array> {
  const from = points[MESH.chin]!.y + 0.2 * box.width;
  return png(
    map(image, (v, _x, y, channel) => (y < from ? v : 0.35 * v + [20, 75, 130][channel]!)),
  );
}

function twice(image: RgbImage): Promise<Uint8Array> {
  const { width, height } = image;
  const other = { data: image.data, info: { width, height, channels: 3 as const } };
  return png(
    open(image)
      .extend({ right: width, background: '#fff' })
      .composite([{ input: Buffer.from(other.data), raw: other.info, left: width, top: 0 }]),
  );
}

/** What a flattering filter does: strong smoothing, the edges kept. */
async function smoothSkin(image: RgbImage, face: FaceAnalysis): Promise<Uint8Array> {
  const size = Math.max(3, Math.round(eyeSpanOf(face) / 22) | 1);
  return png(sharp(await open(image).median(size).png().toBuffer()).median(size));
}

function blurred(pixelsAt90: number) {
  return (image: RgbImage, face: FaceAnalysis) =>
    png(open(image).blur(Math.max(0.3, (pixelsAt90 * eyeSpanOf(face)) / 90)));
}

function turned(degrees: number) {
  return (image: RgbImage) => png(open(image).rotate(degrees, { background: '#b0b0b0' }));
}

export const DEGRADATIONS: readonly Degradation[] = [
  { name: 'head leaning 10°', expected: 'pose.roll', make: turned(10) },
  { name: 'head leaning −10°', expected: 'pose.roll', make: turned(-10) },
  { name: 'blur 1.5 px at 90 px eye span', expected: 'picture.sharpness', make: blurred(1.5) },
  { name: 'blur 3 px at 90 px eye span', expected: 'picture.sharpness', make: blurred(3) },
  { name: 'two stops darker', expected: 'light.exposure', make: expose(-2) },
  { name: 'one and a half stops brighter', expected: 'light.exposure', make: expose(1.5) },
  {
    name: 'light from one side',
    expected: 'light.evenness',
    make: (image, { points }) => {
      const centre = points[MESH.noseBridge]!.x;
      const reach = eyeSpanOf({ points } as FaceAnalysis) * 0.4;
      const shade = (x: number) => 0.6 / (1 + Math.exp(-(x - centre) / (0.3 * reach)));
      return png(map(image, (v, x) => v * (1 - shade(x))));
    },
  },
  {
    name: 'warm lamp',
    expected: 'light.colourCast',
    make: (image) => png(map(image, (v, _x, _y, c) => v * [1.12, 1, 0.82][c]!)),
  },
  {
    name: 'green cast',
    expected: 'light.colourCast',
    make: (image) => png(map(image, (v, _x, _y, c) => v * [0.93, 1.08, 0.93][c]!)),
  },
  { name: 'dark glasses', expected: 'eyes.sunglasses', make: sunglasses },
  { name: 'strands over one eye', expected: 'eyes.hair', make: hairOverEye },
  { name: 'red hat', expected: 'head.covering', make: redHat },
  { name: 'clothes in the background’s blue', expected: 'clothes.blue', make: blueClothes },
  { name: 'two people', expected: 'face.count', make: twice },
  { name: 'smoothing filter', expected: 'picture.beautified', make: smoothSkin },
  {
    name: 'screen, photographed',
    expected: 'picture.recapture',
    make: (image) =>
      png(
        map(image, (v, x, y) => {
          const grid = 0.12 * Math.sin(1.9 * x + 0.15 * y) + 0.08 * Math.sin(1.7 * y + 0.1 * x);
          return (v / 255) ** 0.85 * 255 * (1 + grid);
        }),
      ),
  },
  {
    name: 'print, photographed',
    expected: 'picture.recapture',
    make: (image) =>
      png(
        map(
          image,
          (v, x, y) => 40 + 0.7 * v + 14 * Math.sin(1.1 * (x + y)) * Math.sin(1.1 * (x - y)),
        ),
      ),
  },
  {
    name: 'JPEG at quality 20',
    expected: 'picture.compression',
    make: (image) => open(image).jpeg({ quality: 20 }).toBuffer(),
  },
  {
    name: 'a third of the size',
    expected: 'picture.resolution',
    make: async (image, face) => {
      const width = Math.max(241, Math.round((image.width * 70) / eyeSpanOf(face)));
      return png(open(image).resize({ width }).extend({ bottom: 160, background: '#888' }));
    },
  },
];
