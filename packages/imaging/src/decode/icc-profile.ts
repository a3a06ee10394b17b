/** Where the table of tags begins (ICC.1:2022, 7.2 and 7.3), bytes. */
const TAG_TABLE = 128;
const TAG_LENGTH = 12;
/** More tags than this no maker writes; a damaged count must not be believed. */
const MAX_TAGS = 100;

/** XYZ of sRGB's red, green and blue, adapted to D50 as profiles hold them (IEC 61966-2-1). */
const SRGB_COLOURS: Readonly<Record<string, readonly [number, number, number]>> = {
  rXYZ: [0.4361, 0.2225, 0.0139],
  gXYZ: [0.3851, 0.7169, 0.0971],
  bXYZ: [0.1431, 0.0606, 0.7141],
};
/** Makers round differently; Display P3 is 0.08 away. */
const COLOUR_TOLERANCE = 0.004;

const CURVES = ['rTRC', 'gTRC', 'bTRC'];
/** Coded values, 0–1, at which a curve is held against sRGB's own. */
const CURVE_SAMPLES = [0.05, 0.2, 0.5, 0.8];
/** A plain gamma of 2.2 is 0.0036 away, a curve of 26 points 0.0005. */
const CURVE_TOLERANCE = 0.002;

/**
 * True when an ICC profile describes sRGB itself, so that the transform may be left out: on a
 * 12-megapixel picture it costs more than the decoding. Told by the profile's colours and curves,
 * never by its name: "DCI-P3 D65 Gamut with sRGB Transfer" is what phones write into P3 pictures.
 * False for a profile by tables (A2B0), for a damaged one and for any other.
 */
export function isSrgbProfile(profile: Uint8Array): boolean {
  const reader = new ProfileReader(profile);
  if (reader.text(16) !== 'RGB ' || reader.text(20) !== 'XYZ ') return false;
  const tags = reader.tags();
  if (tags.has('A2B0')) return false;
  const colours = Object.entries(SRGB_COLOURS).every(([tag, wanted]) =>
    hasColour(reader, tags.get(tag), wanted),
  );
  return colours && CURVES.every((tag) => hasSrgbCurve(reader, tags.get(tag)));
}

function hasColour(reader: ProfileReader, at: number | undefined, wanted: readonly number[]) {
  if (at === undefined || reader.text(at) !== 'XYZ ') return false;
  return wanted.every(
    (value, axis) => Math.abs(reader.fixed(at + 8 + 4 * axis) - value) < COLOUR_TOLERANCE,
  );
}

function hasSrgbCurve(reader: ProfileReader, at: number | undefined): boolean {
  if (at === undefined) return false;
  return CURVE_SAMPLES.every((coded) => {
    const linear = ((coded + 0.055) / 1.055) ** 2.4;
    return Math.abs(curveValue(reader, at, coded) - linear) < CURVE_TOLERANCE;
  });
}

/** Linear value, 0–1, that a curve gives for a coded one; NaN when it cannot be read. */
function curveValue(reader: ProfileReader, at: number, coded: number): number {
  const type = reader.text(at);
  if (type === 'para') return parametricValue(reader, at, coded);
  return type === 'curv' ? sampledValue(reader, at, coded) : Number.NaN;
}

/** Types 0 and 3 of 10.18: a plain power, and sRGB's own form with a straight part. */
function parametricValue(reader: ProfileReader, at: number, coded: number): number {
  const type = reader.short(at + 8);
  const [g, a, b, c, d] = [0, 1, 2, 3, 4].map((index) => reader.fixed(at + 12 + 4 * index)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (type === 0) return coded ** g;
  if (type !== 3) return Number.NaN;
  return coded >= d ? (a * coded + b) ** g : c * coded;
}

/** 10.6: no entry means none, one is a gamma, more are samples at equal distances. */
function sampledValue(reader: ProfileReader, at: number, coded: number): number {
  const count = reader.long(at + 8);
  if (count === 0) return coded;
  if (count === 1) return coded ** (reader.short(at + 12) / 256);
  const place = coded * (count - 1);
  const below = Math.floor(place);
  const [low, high] = [below, below + 1].map((index) => reader.short(at + 12 + 2 * index) / 65_535);
  return low! + (high! - low!) * (place - below);
}

/** Big-endian values of a profile; NaN or an empty text beyond its end. */
class ProfileReader {
  readonly #bytes: Buffer;

  constructor({ buffer, byteOffset, length }: Uint8Array) {
    this.#bytes = Buffer.from(buffer, byteOffset, length);
  }

  /** Offset by signature. */
  tags(): Map<string, number> {
    const count = Math.min(MAX_TAGS, this.long(TAG_TABLE) || 0);
    const starts = Array.from({ length: count }, (_, i) => TAG_TABLE + 4 + i * TAG_LENGTH);
    return new Map(starts.map((at) => [this.text(at), this.long(at + 4)]));
  }

  text(at: number): string {
    return this.#bytes.toString('latin1', at, at + 4);
  }

  short(at: number): number {
    return at + 2 <= this.#bytes.length ? this.#bytes.readUInt16BE(at) : Number.NaN;
  }

  long(at: number): number {
    return at + 4 <= this.#bytes.length ? this.#bytes.readUInt32BE(at) : Number.NaN;
  }

  /** s15Fixed16Number. */
  fixed(at: number): number {
    return at + 4 <= this.#bytes.length ? this.#bytes.readInt32BE(at) / 65_536 : Number.NaN;
  }
}
