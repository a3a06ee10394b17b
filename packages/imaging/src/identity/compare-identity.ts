import { fail, ok, type Result } from '@gradshot/domain';
import { analyseFaces, embedFace } from '../face/analyse-faces.ts';
import { ImagePyramid } from '../picture/image-pyramid.ts';
import type { RgbImage } from '../picture/rgb-image.ts';
import type { LoadedModels } from '../runtime/load-models.ts';
import { cosineSimilarity } from './cosine-similarity.ts';
import { DEFAULT_IDENTITY_THRESHOLDS, type IdentityThresholds } from './identity-thresholds.ts';

/** `mismatch`: clearly two people. Nothing above that is a proof; a person decides. */
export type IdentityBand = 'mismatch' | 'unclear' | 'similar';

/** Advice for the person who decides. Never the basis of an automatic pass. */
export type IdentityComparison = {
  readonly band: IdentityBand;
  /** Cosine of the two embeddings, −1 to 1; people who differ reach 0.68. */
  readonly score: number;
  /** Version of the embedding model; scores of different versions must not be compared. */
  readonly model: string;
  readonly thresholds: IdentityThresholds;
  /** To be shown beside the result, always. */
  readonly warning: { readonly zh: string; readonly en: string };
};

const WARNING = {
  zh: '比对结果仅供参考：不同的人也可能得分较高，不得据此自动通过，必须由工作人员核对本人。',
  en: 'Advice only: different people can score high. Never pass automatically; a person must decide.',
} as const;

const PROPOSALS: Readonly<Record<IdentityBand, { readonly zh: string; readonly en: string }>> = {
  mismatch: {
    zh: '两张照片差异明显，请核对是否为同一人。',
    en: 'The photos clearly differ. Check whether this is the same person.',
  },
  unclear: {
    zh: '无法判断是否为同一人，请人工核对。',
    en: 'It cannot be told whether this is the same person. Look at both photos.',
  },
  similar: {
    zh: '两张照片相似，仍请人工核对。',
    en: 'The photos look alike. Look at both all the same.',
  },
};

/** What to tell the person who decides. */
export function identityProposal(band: IdentityBand): { readonly zh: string; readonly en: string } {
  return PROPOSALS[band];
}

/**
 * Compares the largest face of `photo` with the largest of `reference`. The embeddings are
 * forgotten when the comparison is done.
 * Fails with `imaging.noFace` (`details.picture`: `photo` or `reference`).
 */
export async function compareIdentity(
  models: LoadedModels,
  photo: RgbImage,
  reference: RgbImage,
  thresholds: IdentityThresholds = DEFAULT_IDENTITY_THRESHOLDS,
): Promise<Result<IdentityComparison>> {
  const first = await embedLargestFace(models, photo);
  if (!first) return fail('imaging.noFace', { picture: 'photo' });
  const second = await embedLargestFace(models, reference);
  if (!second) return fail('imaging.noFace', { picture: 'reference' });
  const score = cosineSimilarity(first, second);
  return ok({
    band: bandOf(score, thresholds),
    score,
    model: models.versions.faceEmbedding ?? '',
    thresholds,
    warning: WARNING,
  });
}

/** The embedding of the largest face, or undefined when there is none. For calibration too. */
export async function embedLargestFace(
  models: LoadedModels,
  image: RgbImage,
): Promise<Float32Array | undefined> {
  const pyramid = new ImagePyramid(image);
  const [face] = await analyseFaces(models, pyramid);
  return face && embedFace(models, pyramid, face);
}

export function bandOf(score: number, thresholds: IdentityThresholds): IdentityBand {
  if (score < thresholds.mismatchBelow) return 'mismatch';
  return score >= thresholds.similarFrom ? 'similar' : 'unclear';
}
