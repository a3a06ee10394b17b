import { findFaces, measureShape } from '../face/analyse-faces.ts';
import type { FaceShape } from '../face/face-analysis.ts';
import { type FaceMesh, locateMesh } from '../face/face-mesh.ts';
import type { CropRegion } from '../picture/crop.ts';
import type { ImagePyramid } from '../picture/image-pyramid.ts';
import type { LoadedModels } from '../runtime/load-models.ts';

/** What one frame shows. `face`: the largest one. */
export type TrackedFrame = { readonly faces: number; readonly face?: FaceShape };

/** Faces narrower than this share of the largest one are people or posters far behind. */
const BYSTANDER_WIDTH = 0.32;
/** The whole frame is searched at least this often, so that a second person is soon noticed. */
const SEARCH_EVERY = 4;
/** A face that is followed must be this certain, or the whole frame is searched again. */
const SURE = 0.8;

/**
 * Finds the face frame after frame. While one face is in view, its mesh is followed from where it
 * was, which saves the detector and the mesh's first pass; that is a quarter of a frame's time.
 */
export class FaceTracker {
  readonly #models: LoadedModels;
  #last: { region: CropRegion; width: number; height: number } | undefined;
  #sinceSearch = 0;

  constructor(models: LoadedModels) {
    this.#models = models;
  }

  async look(pyramid: ImagePyramid): Promise<TrackedFrame> {
    const followed = await this.#follow(pyramid);
    const { faces, mesh } = followed ? { faces: 1, mesh: followed } : await this.#search(pyramid);
    const { width, height } = pyramid;
    this.#last = faces === 1 && mesh ? { region: mesh.region, width, height } : undefined;
    return mesh ? { faces, face: await measureShape(this.#models, pyramid, mesh) } : { faces };
  }

  async #follow(pyramid: ImagePyramid): Promise<FaceMesh | undefined> {
    const last = this.#last;
    const sameSize = last?.width === pyramid.width && last.height === pyramid.height;
    if (!last || !sameSize || ++this.#sinceSearch >= SEARCH_EVERY) return undefined;
    const mesh = await locateMesh(this.#models.networks.faceMesh, pyramid, last.region);
    return mesh.presence >= SURE ? mesh : undefined;
  }

  async #search(pyramid: ImagePyramid): Promise<{ faces: number; mesh: FaceMesh | undefined }> {
    this.#sinceSearch = 0;
    const found = await findFaces(this.#models, pyramid);
    const widest = found[0]?.detection.box.width ?? 0;
    const near = found.filter(({ detection }) => detection.box.width >= BYSTANDER_WIDTH * widest);
    return { faces: near.length, mesh: near[0]?.mesh };
  }
}
