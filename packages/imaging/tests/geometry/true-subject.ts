import type { PhotoProfile } from '@gradshot/domain';
import sharp from 'sharp';
import type { CompositionFault } from '../../src/composition/placement.ts';
import { placeSubject } from '../../src/composition/placement.ts';
import { measureFaceBox, type Subject } from '../../src/composition/subject.ts';
import { analyseFaces } from '../../src/face/analyse-faces.ts';
import { drawScene, FIGURE_FACE, type Scene } from '../../src/robustness/portrait-scene.ts';
import type { LoadedModels } from '../../src/runtime/load-models.ts';

/** The drawn person's measures in its own pixels, around the middle between the eyes. */
export type Figure = {
  readonly faceWidth: number;
  readonly faceCentreX: number;
  readonly eyeLineY: number;
  readonly chinY: number;
  readonly hairTopY: number;
  /** Outline of the body: leftmost and rightmost column of each row, from the eyes down. */
  readonly left: readonly number[];
  readonly right: readonly number[];
};

const BODY_ROWS = FIGURE_FACE.bottomY - FIGURE_FACE.eyesY;
const HEAD_ROWS = FIGURE_FACE.eyesY - FIGURE_FACE.hairTopY;
const GREEN: Scene['wall'] = [0, 255, 0];

/** Measures the figure once, before a wall of a colour that it does not have. */
export async function measureFigure(models: LoadedModels): Promise<Figure> {
  const scene = { width: 900, height: 1200, wall: GREEN, scale: 1, eyesX: 450, eyesY: 500 };
  const { data, info } = await (await drawScene(scene)).raw().toBuffer({ resolveWithObject: true });
  const [face] = await analyseFaces(models, { data, width: info.width, height: info.height });
  const { faceWidth, faceCentreX, eyeLineY, chinY } = measureFaceBox(face!);
  const left: number[] = [];
  const right: number[] = [];
  for (let row = -HEAD_ROWS; row < BODY_ROWS; row++) {
    const columns = bodyColumns(data, info.width, scene.eyesY + row);
    left.push((columns[0] ?? scene.eyesX) - scene.eyesX);
    right.push((columns.at(-1) ?? scene.eyesX) - scene.eyesX);
  }
  return {
    faceWidth,
    faceCentreX: faceCentreX - scene.eyesX,
    eyeLineY: eyeLineY - scene.eyesY,
    chinY: chinY - scene.eyesY,
    hairTopY: -HEAD_ROWS,
    left,
    right,
  };
}

function bodyColumns(data: Uint8Array, width: number, row: number): number[] {
  const columns: number[] = [];
  for (let x = 0; x < width; x++) {
    const at = (row * width + x) * 3;
    const green = data[at + 1]! - Math.max(data[at]!, data[at + 2]!);
    if (green < 128) columns.push(x);
  }
  return columns;
}

/** Where the person stands in a scene, by how it was drawn and not by any network. */
export function subjectOf(figure: Figure, { scale, eyesX, eyesY, width }: Scene): Subject {
  const firstRow = (beyond: (index: number) => boolean) => {
    const index = figure.left.findIndex((_, row) => beyond(row));
    return index < 0 ? Number.POSITIVE_INFINITY : eyesY + (index - HEAD_ROWS) * scale;
  };
  return {
    faceWidth: figure.faceWidth * scale,
    faceCentreX: eyesX + figure.faceCentreX * scale,
    eyeLineY: eyesY + figure.eyeLineY * scale,
    chinY: eyesY + figure.chinY * scale,
    hairTopY: Math.max(0, eyesY + figure.hairTopY * scale),
    cutAtTop: eyesY + figure.hairTopY * scale < 0,
    touchesLeftFromY: firstRow((row) => eyesX + figure.left[row]! * scale <= 0),
    touchesRightFromY: firstRow((row) => eyesX + figure.right[row]! * scale >= width - 1),
  };
}

export type Expected = CompositionFault | 'placed';

/** What a measurement that is off by `error` (share of the face's width) may conclude. */
export function outcomesNear(
  figure: Figure,
  scene: Scene,
  profile: PhotoProfile,
  error = 0.06,
): Set<Expected> {
  const outcomes = new Set<Expected>();
  for (const wider of [1 - error, 1, 1 + error]) {
    for (const higher of [-error, 0, error]) {
      for (const aside of [-error, 0, error]) {
        const moved = figure.faceWidth * scene.scale;
        const subject = subjectOf(figure, { ...scene, eyesX: scene.eyesX + aside * moved });
        const hairTopY = subject.hairTopY + higher * moved;
        const placed = placeSubject(
          {
            ...subject,
            faceWidth: subject.faceWidth * wider,
            hairTopY: Math.max(0, hairTopY),
            cutAtTop: scene.eyesY + figure.hairTopY * scene.scale + higher * moved < 0,
          },
          scene,
          profile,
        );
        outcomes.add(placed.ok ? 'placed' : placed.fault);
      }
    }
  }
  return outcomes;
}

/** The scene as a camera would deliver it. */
export async function photograph(scene: Scene): Promise<Buffer> {
  const picture = await (await drawScene(scene)).png().toBuffer();
  return sharp(picture).jpeg({ quality: 92 }).toBuffer();
}
