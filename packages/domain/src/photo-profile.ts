/**
 * What a finished photo must look like, as data. A school or a portal that wants something else
 * gets another profile, never another branch in the code.
 *
 * Sources: 教毕指〔2017〕99号 and the reposts and portals listed in docs/imaging.md. Items that are
 * only known from reposts (grade C) live here so that a school can change them.
 */

/** Inclusive range in the unit that the field's name says. */
export type Range = readonly [min: number, max: number];

/** sRGB, 0–255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

export type PhotoProfile = {
  /** Stable key, e.g. `chsi-480x640`. */
  readonly id: string;
  /** Raised at every change of a value; recorded with every photo. */
  readonly version: number;
  readonly zh: string;
  readonly en: string;
  /** Output size in pixels. */
  readonly width: number;
  readonly height: number;
  /** Density written to the file's header, dots per inch. */
  readonly dpi: number;
  readonly background: Rgb;
  readonly jpeg: JpegWindow;
  readonly geometry: GeometryWindow;
  readonly thresholds: CheckThresholds;
};

export type JpegWindow = {
  /** File size in bytes, both ends included. */
  readonly minBytes: number;
  readonly maxBytes: number;
  /** libjpeg quality, 1–100. Never below `minQuality`, even if the window is missed. */
  readonly minQuality: number;
  readonly maxQuality: number;
  readonly chroma: '4:4:4' | '4:2:0';
};

/** Where the head sits, in output pixels. */
export type GeometryWindow = {
  /** Top of the hair to the top edge. */
  readonly hairTopY: Range;
  /** Line through both pupils to the top edge. */
  readonly eyeLineY: Range;
  /** Cheek to cheek. */
  readonly faceWidth: Range;
  /** Largest distance of the face's centre from the picture's vertical axis. */
  readonly maxCentreOffset: number;
};

/** A measured value is `warn` beyond the first number and `fail` beyond the second. */
export type Limits = { readonly warn: number; readonly fail: number };

/**
 * Limits of the machine checks (`MACHINE_CHECKS`). Starting points come from a study on a small
 * set of portraits; docs/imaging.md has the calibration.
 */
export type CheckThresholds = {
  /** Degrees, absolute. */
  readonly rollDeg: Limits;
  readonly yawDeg: Limits;
  readonly pitchDeg: Limits;
  /** Lid height ÷ lid width; smaller is worse. */
  readonly eyeOpening: Limits;
  /** Inner lip gap ÷ mouth width; larger is worse. */
  readonly mouthGap: Limits;
  /** Probability of a happy expression, with the mouth widened. */
  readonly smile: Limits;
  /** Slope of the shoulder line, degrees. */
  readonly shoulderDeg: Limits;
  /** Laplacian variance of the eye box at 90 px eye span; smaller is worse. */
  readonly sharpness: Limits;
  /** Outer eye corner to outer eye corner in source pixels; smaller is worse. */
  readonly eyeSpanPx: Limits;
  /** Median L* of the face, dark side (smaller is worse) and bright side (larger is worse). */
  readonly faceDark: Limits;
  readonly faceBright: Limits;
  /** Share of face pixels above 245, 0–1. */
  readonly highlights: Limits;
  /** Darker half-face median ÷ brighter one; smaller is worse. */
  readonly halfFaceRatio: Limits;
  /** |a*| or |b*| of the wall. */
  readonly colourCast: Limits;
  /** Standard deviation of the wall's L*. */
  readonly wallLightness: Limits;
  /** RMS of the wall against its fitted plate, 0–1 range. */
  readonly wallResidual: Limits;
  /** Share of the torso in the background's hue, 0–1. */
  readonly blueClothes: Limits;
  /** Eye luminance ÷ cheek luminance; smaller is worse. */
  readonly sunglasses: Limits;
  /** Share of the eye sockets that is as dark as hair, 0–1. */
  readonly eyeHair: Limits;
  /** libjpeg quality of the source file, 1–100; smaller is worse. */
  readonly sourceQuality: Limits;
  /** Mean absolute Laplacian of the cheeks at 90 px eye span; smaller is worse. */
  readonly skinTexture: Limits;
  /** Strongest single frequency over its neighbours, decibels. */
  readonly periodicity: Limits;
  /** Standard deviation of the wall's colour, ΔE; smaller is worse. */
  readonly wallUnevenness: Limits;
  /** Body at the photo's lower edge, in face widths; smaller is worse. */
  readonly bodyWidth: Limits;
  /** Share of the head above the forehead that is coloured like no hair, 0–1. */
  readonly headCovering: Limits;
  /** Bits in which the photo differs from the nearest one refused before; smaller is worse. */
  readonly repeatBits: Limits;
  /** ΔE between clothes and wall at the outline; smaller is worse. */
  readonly clothesContrast: Limits;
};

const DEFAULT_THRESHOLDS: CheckThresholds = {
  rollDeg: { warn: 3, fail: 8 },
  yawDeg: { warn: 8, fail: 15 },
  pitchDeg: { warn: 12, fail: 20 },
  eyeOpening: { warn: 0.24, fail: 0.18 },
  mouthGap: { warn: 0.12, fail: 0.2 },
  smile: { warn: 0.9, fail: 1.01 },
  shoulderDeg: { warn: 7, fail: 18 },
  sharpness: { warn: 150, fail: 60 },
  eyeSpanPx: { warn: 110, fail: 90 },
  faceDark: { warn: 50, fail: 38 },
  faceBright: { warn: 80, fail: 88 },
  highlights: { warn: 0.03, fail: 0.12 },
  halfFaceRatio: { warn: 0.6, fail: 0.4 },
  colourCast: { warn: 6, fail: 18 },
  // the wall is replaced, so a busy one is advice: nobody is refused for it
  wallLightness: { warn: 6, fail: 100 },
  wallResidual: { warn: 0.02, fail: 1 },
  blueClothes: { warn: 0.1, fail: 0.15 },
  sunglasses: { warn: 0.19, fail: 0.19 },
  eyeHair: { warn: 0.35, fail: 1 },
  sourceQuality: { warn: 50, fail: 25 },
  skinTexture: { warn: 1, fail: 0 },
  periodicity: { warn: 24, fail: 1000 },
  wallUnevenness: { warn: 0.3, fail: 0 },
  bodyWidth: { warn: 1.3, fail: 0 },
  // a hairband covers a twentieth of it; hair that nothing covers came to 0 on every portrait
  headCovering: { warn: 0.03, fail: 2 },
  repeatBits: { warn: 12, fail: 0 },
  clothesContrast: { warn: 8, fail: 0 },
};

/** Portals differ in what a KB is. The lower bound takes the larger one, the upper the smaller. */
const KB = 1024;
const SMALL_KB = 1000;

const CHSI_480X640: PhotoProfile = {
  id: 'chsi-480x640',
  version: 1,
  zh: '学信网毕业证照 480 × 640 蓝底',
  en: 'CHSI graduation photo 480 × 640, blue',
  width: 480,
  height: 640,
  dpi: 300,
  background: [100, 197, 255],
  jpeg: {
    minBytes: 30 * KB,
    maxBytes: 40 * SMALL_KB,
    minQuality: 60,
    maxQuality: 100,
    chroma: '4:4:4',
  },
  geometry: {
    hairTopY: [50, 110],
    eyeLineY: [200, 300],
    faceWidth: [180, 300],
    maxCentreOffset: 12,
  },
  thresholds: DEFAULT_THRESHOLDS,
};

const CHSI_480X640_WHITE: PhotoProfile = {
  ...CHSI_480X640,
  id: 'chsi-480x640-white',
  zh: '学信网毕业证照 480 × 640 白底',
  en: 'CHSI graduation photo 480 × 640, white',
  background: [255, 255, 255],
};

const CHSI_480X640_GREY: PhotoProfile = {
  ...CHSI_480X640,
  id: 'chsi-480x640-grey',
  zh: '学信网毕业证照 480 × 640 浅灰底',
  en: 'CHSI graduation photo 480 × 640, light grey',
  background: [240, 240, 240],
};

export const PHOTO_PROFILES = [
  CHSI_480X640,
  CHSI_480X640_WHITE,
  CHSI_480X640_GREY,
] as const satisfies readonly PhotoProfile[];

export const DEFAULT_PROFILE_ID = CHSI_480X640.id;

/** The profile of that id, or undefined. */
export function findPhotoProfile(id: string): PhotoProfile | undefined {
  return PHOTO_PROFILES.find((profile) => profile.id === id);
}
