/** Picture pixels; x to the right, y down, pixel centres at + ½. */
export type Point = { readonly x: number; readonly y: number };

/** `z` in pixels too, smaller is closer to the camera, 0 at the head's middle. */
export type Point3 = Point & { readonly z: number };

export type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** One eye as the iris network sees it, picture pixels. */
export type EyeContour = {
  /** 71 points around lids and brow: 0 and 8 are the corners. */
  readonly lids: readonly Point[];
  /** Centre, then four points on the iris's edge. */
  readonly iris: readonly Point[];
  /** Height of the lid gap ÷ its width; about 0.3 open, below 0.1 closed. */
  readonly opening: number;
};

export const EXPRESSIONS = [
  'angry',
  'disgust',
  'fear',
  'happy',
  'sad',
  'surprise',
  'neutral',
] as const;
export type Expression = (typeof EXPRESSIONS)[number];

/** Degrees. */
export type HeadPose = {
  /** Positive: the head leans clockwise in the picture. */
  readonly rollDeg: number;
  /** Positive: the nose points to the right of the picture, the head is turned to its own left. */
  readonly yawDeg: number;
  /** Positive: the chin is up; 0 on the median frontal portrait. */
  readonly pitchDeg: number;
};

/** What the mesh and the eyes say about a face. */
export type FaceShape = HeadPose & {
  /** The mesh network's own opinion that a face is there, 0–1. */
  readonly presence: number;
  /** 468 points of the face mesh in MediaPipe's numbering, see `MESH`. */
  readonly points: readonly Point3[];
  /** Left and right as seen in the picture: `leftEye` is the person's right eye. */
  readonly leftEye: EyeContour;
  readonly rightEye: EyeContour;
};

export type FaceAnalysis = FaceShape & {
  readonly box: Box;
  /** The detector's score, 0–1. */
  readonly score: number;
  /** Probabilities, summing to 1. */
  readonly expressions: Readonly<Record<Expression, number>>;
};

/** Numbers of the mesh points that the product names. Left and right as seen in the picture. */
export const MESH = {
  foreheadTop: 10,
  chin: 152,
  leftCheekEdge: 234,
  rightCheekEdge: 454,
  leftEyeOuter: 33,
  leftEyeInner: 133,
  rightEyeInner: 362,
  rightEyeOuter: 263,
  noseBridge: 168,
  noseTip: 1,
  upperLipInner: 13,
  lowerLipInner: 14,
  leftMouthCorner: 61,
  rightMouthCorner: 291,
} as const;

/** Distance of two points. */
export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
