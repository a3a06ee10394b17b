import sharp from 'sharp';
import { renderCode } from '../simulators/chsi-gateway/gateway-simulator.ts';

export type PhoneScene = {
  /** Size of the picture. Default 1920 × 1080. */
  readonly width?: number;
  readonly height?: number;
  /** Height of the phone as a share of the picture's. Default 0.92. */
  readonly phoneShare?: number;
  /** Turn of the phone in degrees, clockwise. Default 4. */
  readonly tiltDeg?: number;
  /** Gaussian blur of the whole picture, sigma in pixels; 0 is sharp. Default 0.8. */
  readonly blur?: number;
  /** Standard deviation of the sensor noise, 0–255. Default 6. */
  readonly noise?: number;
  /** Brightness of the phone's screen: 1 is full. Default 1. */
  readonly screenBrightness?: number;
  /** Dark page with a light code, as some phones invert pages at night. Default false. */
  readonly inverted?: boolean;
};

/** These pictures live for seconds: time counts, size does not. */
const QUICK = { compressionLevel: 1 } as const;

/** The phone as drawn before it is placed: 1080 × 2160 pixels with a 72-pixel frame. */
const PHONE = { width: 1080, height: 2160, frame: 36, codeSize: 860 } as const;

/**
 * A camera's view of a phone that shows a 采集码: page, status bar and code on a screen held before
 * a desk, slightly turned, blurred and noisy.
 *
 * @returns PNG, sRGB.
 */
export async function drawCodeOnPhone(
  payload: string | Uint8Array,
  scene: PhoneScene = {},
): Promise<Buffer> {
  const { width = 1920, height = 1080, phoneShare = 0.92, tiltDeg = 4, blur = 0.8 } = scene;
  const phoneHeight = Math.round(height * phoneShare);
  const phone = await sharp(await drawPhone(payload, scene))
    .resize({ height: phoneHeight })
    .rotate(tiltDeg, { background: '#00000000' })
    .png(QUICK)
    .toBuffer();
  const fitted = await fitInside(phone, width, height);
  const view = await sharp(desk(width, height))
    .composite([{ input: fitted, gravity: 'centre' }])
    .removeAlpha()
    .png(QUICK)
    .toBuffer();
  const soft = blur > 0 ? await sharp(view).blur(Math.max(0.3, blur)).png(QUICK).toBuffer() : view;
  return addNoise(soft, width, height, scene.noise ?? 6);
}

/** Turning makes the picture larger than the scene: what sticks out is cut off. */
async function fitInside(phone: Buffer, width: number, height: number): Promise<Buffer> {
  const size = await sharp(phone).metadata();
  const w = Math.min(size.width, width);
  const h = Math.min(size.height, height);
  const left = Math.floor((size.width - w) / 2);
  const top = Math.floor((size.height - h) / 2);
  return sharp(phone).extract({ left, top, width: w, height: h }).png(QUICK).toBuffer();
}

async function drawPhone(payload: string | Uint8Array, scene: PhoneScene): Promise<Buffer> {
  const code = await sharp(await renderCode(payload, 10))
    .resize(PHONE.codeSize, PHONE.codeSize, { kernel: 'nearest' })
    .png(QUICK)
    .toBuffer();
  const left = Math.round((PHONE.width - PHONE.codeSize) / 2);
  const screen = await sharp(Buffer.from(phoneSvg()))
    .composite([{ input: code, left, top: 620 }])
    .png(QUICK)
    .toBuffer();
  const shown = scene.inverted ? await invertInside(screen) : screen;
  const brightness = scene.screenBrightness ?? 1;
  return brightness === 1 ? shown : sharp(shown).modulate({ brightness }).png(QUICK).toBuffer();
}

/** Inverts the screen's colours and leaves the transparency of the corners. */
function invertInside(phone: Buffer): Promise<Buffer> {
  return sharp(phone).negate({ alpha: false }).png(QUICK).toBuffer();
}

function phoneSvg(): string {
  const { width, height, frame } = PHONE;
  const inner = `x="${frame}" y="${frame}" width="${width - 2 * frame}" height="${height - 2 * frame}"`;
  const font = 'font-family="Noto Sans CJK SC, Noto Sans SC, sans-serif"';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<rect width="${width}" height="${height}" rx="120" fill="#1b1c1f"/>
<rect ${inner} rx="90" fill="#f4f5f7"/>
<rect x="${frame}" y="${frame + 150}" width="${width - 2 * frame}" height="150" fill="#1678c2"/>
<text x="100" y="150" font-size="48" fill="#222" ${font}>09:41</text>
<text x="540" y="282" font-size="56" fill="#fff" text-anchor="middle" ${font}>学信网（演示）</text>
<rect x="76" y="400" width="928" height="1180" rx="36" fill="#fff"/>
<text x="540" y="520" font-size="52" fill="#222" text-anchor="middle" ${font}>图像采集码</text>
<text x="540" y="1545" font-size="40" fill="#666" text-anchor="middle" ${font}>长按保存原图</text>
<rect x="76" y="1640" width="928" height="300" rx="36" fill="#fff"/>
<text x="130" y="1750" font-size="44" fill="#666" ${font}>演示数据，不可用于真实采集</text>
</svg>`;
}

function desk(width: number, height: number): Buffer {
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<defs><linearGradient id="d" x1="0" y1="0" x2="1" y2="1">
<stop offset="0" stop-color="#8d8378"/><stop offset="1" stop-color="#4f4943"/></linearGradient></defs>
<rect width="${width}" height="${height}" fill="url(#d)"/></svg>`);
}

function addNoise(picture: Buffer, width: number, height: number, sigma: number): Promise<Buffer> {
  if (sigma <= 0) return Promise.resolve(picture);
  const noise = {
    create: {
      width,
      height,
      channels: 3 as const,
      noise: { type: 'gaussian' as const, mean: 128, sigma },
      background: '#808080',
    },
  };
  return sharp(noise)
    .png(QUICK)
    .toBuffer()
    .then((input) =>
      sharp(picture)
        .composite([{ input, blend: 'soft-light' }])
        .png(QUICK)
        .toBuffer(),
    );
}
