import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { CONVERTIBLE_MODELS } from '../../src/models/catalogue.ts';
import { convertInMemory } from '../../src/models/convert-models.ts';
import { MANIFEST_FILE, type ModelManifest } from '../../src/models/manifest.ts';
import { permute4 } from '../../src/models/tensor-layout.ts';
import { type Network, openNetwork } from '../../src/runtime/network.ts';
import { type Golden, type GoldenOutput, sampleOutput } from './golden-format.ts';
import { goldenInput } from './golden-input.ts';

const goldens: Golden[] = JSON.parse(
  readFileSync(new URL('./goldens.json', import.meta.url), 'utf8'),
);
const manifest: ModelManifest = JSON.parse(
  readFileSync(new URL(`../../../../resources/models/${MANIFEST_FILE}`, import.meta.url), 'utf8'),
);

/**
 * Largest allowed difference as a share of the output's largest value: float32 sums in another
 * order. A wrong padding or weight order is off by more than a hundredth.
 */
const TOLERANCE = 2e-5;

function worstDifference(actual: GoldenOutput, expected: GoldenOutput): number {
  const pairs = [
    [actual.mean, expected.mean] as const,
    [actual.largest, expected.largest] as const,
    ...expected.samples.map((value, i) => [actual.samples[i]!, value] as const),
  ];
  return Math.max(...pairs.map(([a, b]) => Math.abs(a - b))) / Math.max(1, expected.largest);
}

describe.each(CONVERTIBLE_MODELS.map((model) => [model.role, model] as const))(
  '%s',
  (role, model) => {
    const { bytes, entry } = convertInMemory(model);
    let network: Network;
    beforeAll(async () => {
      network = await openNetwork(entry, bytes, { provider: 'cpu', threads: 1 });
      return () => network.close();
    });

    it.each(goldens.filter((golden) => golden.role === role))(
      'answers seed $seed as TensorFlow does',
      async ({ seed, outputs }) => {
        const { width, height, colour, range } = model.input;
        const shape = [1, height, width, colour === 'grey' ? 1 : 3];
        const values = goldenInput(
          shape.reduce((a, b) => a * b),
          range,
          seed,
        );
        const results = await network.run(permute4(values, shape, [0, 3, 1, 2]));
        expect(Object.keys(results).sort()).toEqual(Object.keys(outputs).sort());
        for (const [name, expected] of Object.entries(outputs)) {
          const actual = sampleOutput(results[name]!);
          expect(actual.length).toBe(expected.length);
          expect(worstDifference(actual, expected), name).toBeLessThan(TOLERANCE);
        }
      },
    );

    it('is converted to the same bytes every time', () => {
      expect(convertInMemory(model).entry.sha256).toBe(entry.sha256);
    });

    it('is what the tracked manifest describes', () => {
      expect(manifest.models.find((known) => known.role === role)).toEqual(entry);
    });
  },
);
