import type { InferenceSession } from 'onnxruntime-node';
import type { ModelEntry } from '../models/manifest.ts';

type Value = InferenceSession.ValueMetadata;
type Session = Pick<InferenceSession, 'inputMetadata' | 'outputMetadata'>;
type Wanted = { readonly name: string; readonly type: string; readonly shape: readonly number[] };

/**
 * How a network and its manifest entry contradict each other, in one sentence; undefined when they
 * agree. `pictureShape`: the shape that the picture will have.
 */
export function contractFault(
  entry: ModelEntry,
  pictureShape: readonly number[],
  { inputMetadata, outputMetadata }: Session,
): string | undefined {
  const extras = entry.extraInputs ?? [];
  const inputs: Wanted[] = [
    { name: entry.input.name, type: 'float32', shape: pictureShape },
    ...extras.map(({ name, type = 'float32', shape, from }) => {
      // A state grows from its first shape to whatever the network makes of it.
      return { name, type, shape: from === undefined ? shape : [] };
    }),
  ];
  const outputs: Wanted[] = [
    ...entry.outputs.map(({ name, shape }) => ({ name, type: 'float32', shape })),
    ...extras.flatMap(({ from, type = 'float32' }) =>
      from === undefined ? [] : [{ name: from, type, shape: [] }],
    ),
  ];
  const named = new Set(inputs.map(({ name }) => name));
  const unfed = inputMetadata.find(({ name }) => !named.has(name));
  if (unfed) return `the manifest does not name the input ${describe(unfed)}`;
  return firstOf(inputs, 'input', inputMetadata) ?? firstOf(outputs, 'output', outputMetadata);
}

function firstOf(
  wanted: readonly Wanted[],
  kind: 'input' | 'output',
  given: readonly Value[],
): string | undefined {
  for (const value of wanted) {
    const found = given.find(({ name }) => name === value.name);
    if (!found) return `it has no ${kind} ${value.name}, but ${given.map(describe).join(', ')}`;
    if (!agrees(value, found)) {
      const said = `${value.type}[${value.shape.join(', ')}]`;
      return `the ${kind} ${describe(found)} is ${said} in the manifest`;
    }
  }
  return undefined;
}

/** Lengths that the network leaves open (names, or −1 in the manifest) agree with everything. */
function agrees({ type, shape }: Wanted, given: Value): boolean {
  if (!given.isTensor || given.type !== type) return false;
  if (shape.length === 0 || given.shape.length === 0) return true;
  if (shape.length !== given.shape.length) return false;
  return given.shape.every((length, axis) => {
    const said = shape[axis]!;
    return typeof length !== 'number' || length < 0 || said < 0 || length === said;
  });
}

function describe(value: Value): string {
  if (!value.isTensor) return value.name;
  return `${value.name} ${value.type}[${value.shape.join(', ')}]`;
}
