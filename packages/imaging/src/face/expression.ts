import { type CropRegion, networkInput } from '../picture/crop.ts';
import type { ImagePyramid } from '../picture/image-pyramid.ts';
import type { Network } from '../runtime/network.ts';
import { EXPRESSIONS, type Expression } from './face-analysis.ts';

/** Probabilities of the seven expressions, summing to 1. */
export async function readExpression(
  network: Network,
  pyramid: ImagePyramid,
  face: CropRegion,
): Promise<Record<Expression, number>> {
  const { probabilities } = await network.run(networkInput(pyramid, face, network.entry.input));
  const pairs = EXPRESSIONS.map((name, index) => [name, probabilities![index]!]);
  return Object.fromEntries(pairs) as Record<Expression, number>;
}
