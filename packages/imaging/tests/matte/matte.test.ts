import { describe, expect, it } from 'vitest';
import { composePhoto } from '../../src/composition/compose.ts';
import { extractMatte, type Matte } from '../../src/matte/matte.ts';
import type { RgbImage } from '../../src/picture/rgb-image.ts';

const WIDTH = 240;
const HEIGHT = 320;
const CENTRE_X = 120;
const CENTRE_Y = 170;
const RADIUS = 80;
const SHIRT = [40, 60, 50] as const;
const AREA = { left: 0, top: 0, right: WIDTH, bottom: HEIGHT };

/** Coverage of a disc with an edge one pixel wide. */
function coverage(x: number, y: number): number {
  const inside = RADIUS + 0.5 - Math.hypot(x + 0.5 - CENTRE_X, y + 0.5 - CENTRE_Y);
  return Math.max(0, Math.min(1, inside));
}

/** A dark disc before a wall that gets darker to the right and below. */
function discBeforeWall(): RgbImage {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const share = coverage(x, y);
      const light = 1 - 0.15 * (x / WIDTH) - 0.1 * (y / HEIGHT);
      for (let c = 0; c < 3; c++) {
        const wall = [225, 222, 216][c]! * light;
        data[(y * WIDTH + x) * 3 + c] = Math.round(share * SHIRT[c]! + (1 - share) * wall);
      }
    }
  }
  return { data, width: WIDTH, height: HEIGHT };
}

/** What a network would say: the same disc, blurred over 12 pixels and 3 pixels too large. */
function vagueMask(size = 64): Float32Array {
  return Float32Array.from({ length: size * size }, (_, i) => {
    const x = (((i % size) + 0.5) / size) * WIDTH;
    const y = ((Math.floor(i / size) + 0.5) / size) * HEIGHT;
    const inside = RADIUS + 3 - Math.hypot(x - CENTRE_X, y - CENTRE_Y);
    return Math.max(0, Math.min(1, 0.5 + inside / 12));
  });
}

function cutDisc(): { frame: RgbImage; matte: Matte } {
  const frame = discBeforeWall();
  const placement = { mask: vagueMask(), size: 64, x: 0, y: 0, width: WIDTH, height: HEIGHT };
  return { frame, matte: extractMatte(frame, placement, AREA) };
}

describe('the matte of a person before a plain wall', () => {
  const { frame, matte } = cutDisc();

  it('finds the outline that the mask only suggests', () => {
    let error = 0;
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        error += Math.abs(matte.alpha[y * WIDTH + x]! / 255 - coverage(x, y));
      }
    }
    // the mask alone is wrong by more than 1500 pixels
    expect(error).toBeLessThan(60);
  });

  it('calls the wall plain', () => {
    expect(matte.wallResidual).toBeLessThan(0.005);
  });

  it('leaves every pixel that is surely person as it was', () => {
    for (let y = CENTRE_Y - 40; y < CENTRE_Y + 40; y++) {
      for (let x = CENTRE_X - 40; x < CENTRE_X + 40; x++) {
        const i = y * WIDTH + x;
        expect(matte.alpha[i]).toBe(255);
        expect(matte.colour[3 * i]).toBe(frame.data[3 * i]);
      }
    }
  });

  it('puts a background behind it that is the same to the last value, without a rim', () => {
    const { image } = composePhoto(matte, [100, 197, 255], 1);
    for (const [x, y] of [
      [0, 0],
      [WIDTH - 1, 0],
      [3, HEIGHT - 1],
      [WIDTH - 1, HEIGHT - 1],
    ] as const) {
      const i = (y * WIDTH + x) * 3;
      expect([...image.data.subarray(i, i + 3)]).toEqual([100, 197, 255]);
    }
    // along the edge no pixel is brighter in red than the background: no trace of the white wall
    for (let i = 0; i < image.data.length; i += 3) expect(image.data[i]).toBeLessThanOrEqual(104);
  });

  it('gives plain means when it is reduced', () => {
    const { image, coverage: reduced } = composePhoto(matte, [255, 255, 255], 2);
    expect([image.width, image.height]).toEqual([WIDTH / 2, HEIGHT / 2]);
    expect(reduced[(CENTRE_Y / 2) * (WIDTH / 2) + CENTRE_X / 2]).toBe(255);
  });
});

describe('a dark suit and a white shirt before a white wall', () => {
  const placement = { mask: vagueMask(), size: 64, x: 0, y: 0, width: WIDTH, height: HEIGHT };
  const BLUE = [67, 142, 219] as const;

  /** The disc as dark as a suit, with what is as pale as the wall: collar, ear, temple of glasses. */
  function inSuit(): RgbImage {
    const { data } = discBeforeWall();
    for (let i = 0; i < data.length; i++) data[i] = data[i]! < 100 ? 20 : data[i]!;
    const pale = (left: number, top: number, width: number, height: number) => {
      for (let y = top; y < top + height; y++)
        data.fill(214, (y * WIDTH + left) * 3, (y * WIDTH + left + width) * 3);
    };
    pale(CENTRE_X - 20, CENTRE_Y - 40, 40, 60);
    pale(CENTRE_X - RADIUS + 8, CENTRE_Y - 1, 3, 3);
    pale(CENTRE_X + RADIUS - 16, CENTRE_Y + 20, 6, 12);
    return { data, width: WIDTH, height: HEIGHT };
  }

  const frame = inSuit();
  const matte = extractMatte(frame, placement, AREA);
  const { image } = composePhoto(matte, BLUE, 1);
  const depth = (i: number) =>
    RADIUS - Math.hypot((i % WIDTH) + 0.5 - CENTRE_X, Math.floor(i / WIDTH) + 0.5 - CENTRE_Y);
  const deeperThan = (least: number) =>
    Array.from({ length: WIDTH * HEIGHT }, (_, i) => i).filter((i) => depth(i) > least);

  it('nothing that is surely person changes its colour', () => {
    const pixels = deeperThan(8);
    const rgb = (data: Uint8Array, i: number) => [...data.subarray(3 * i, 3 * i + 3)].join();
    expect(pixels.filter((i) => rgb(image.data, i) !== rgb(frame.data, i))).toEqual([]);
    expect(pixels.length).toBeGreaterThan(15_000);
  });

  it('opens no hole in what is as pale as the wall', () => {
    const least = Math.min(...deeperThan(3).map((i) => matte.alpha[i]!));
    // An eighth at most, where pale cloth ends 4 pixels from the outline.
    expect(least).toBeGreaterThan(222);
  });
});

describe('a light person before a dark wall', () => {
  it('keeps dark spots of clothes closed, although they look like wall', () => {
    const data = new Uint8Array(WIDTH * HEIGHT * 3);
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        const share = coverage(x, y);
        const at = (y * WIDTH + x) * 3;
        data.fill(Math.round(share * 230 + (1 - share) * 12), at, at + 3);
      }
    }
    const spot = CENTRE_X - RADIUS + 8;
    for (let y = CENTRE_Y - 1; y <= CENTRE_Y + 1; y++) {
      data.fill(20, (y * WIDTH + spot) * 3, (y * WIDTH + spot + 3) * 3);
    }
    const placement = { mask: vagueMask(), size: 64, x: 0, y: 0, width: WIDTH, height: HEIGHT };
    const { alpha } = extractMatte({ data, width: WIDTH, height: HEIGHT }, placement, AREA);
    expect(alpha[CENTRE_Y * WIDTH + spot + 1]).toBeGreaterThan(200);
  });
});

describe('odd masks', () => {
  it.each([
    ['nobody', 0, 0],
    ['person everywhere', 1, 255],
  ])('%s', (_, value, expected) => {
    const frame = discBeforeWall();
    const mask = new Float32Array(64 * 64).fill(value);
    const placement = { mask, size: 64, x: 0, y: 0, width: WIDTH, height: HEIGHT };
    const { alpha } = extractMatte(frame, placement, AREA);
    expect(alpha.every((share) => share === expected)).toBe(true);
  });
});
