import type { Chance } from './chance.ts';
import type { Seed } from './seeds.ts';

/** Makes a broken file out of whole ones. */
export type Mutation = (seeds: readonly Seed[], chance: Chance) => Buffer;

const any = (seeds: readonly Seed[], chance: Chance) => Buffer.from(chance.pick(seeds).bytes);

/** Where a change hurts most: the first kilobyte, or anywhere. */
function somewhere(file: Buffer, chance: Chance): number {
  const limit = chance.next() < 0.5 ? Math.min(1024, file.length) : file.length;
  return chance.between(0, limit - 1);
}

const truncated: Mutation = (seeds, chance) => {
  const file = any(seeds, chance);
  return file.subarray(0, chance.magnitude(1, file.length) - 1);
};

const bitsFlipped: Mutation = (seeds, chance) => {
  const file = any(seeds, chance);
  for (let i = chance.magnitude(1, 300); i > 0; i--) {
    const at = somewhere(file, chance);
    file[at] = file[at]! ^ (1 << chance.between(0, 7));
  }
  return file;
};

const runOverwritten: Mutation = (seeds, chance) => {
  const file = any(seeds, chance);
  const from = somewhere(file, chance);
  const to = Math.min(file.length, from + chance.magnitude(1, 4096));
  const value = chance.pick([0, 0xff, -1]);
  for (let i = from; i < to; i++) file[i] = value < 0 ? chance.between(0, 255) : value;
  return file;
};

const bytesInserted: Mutation = (seeds, chance) => {
  const file = any(seeds, chance);
  const at = somewhere(file, chance);
  return Buffer.concat([
    file.subarray(0, at),
    chance.bytes(chance.magnitude(1, 2000)),
    file.subarray(at),
  ]);
};

const bytesRemoved: Mutation = (seeds, chance) => {
  const file = any(seeds, chance);
  const at = somewhere(file, chance);
  return Buffer.concat([file.subarray(0, at), file.subarray(at + chance.magnitude(1, 4000))]);
};

const partRepeated: Mutation = (seeds, chance) => {
  const file = any(seeds, chance);
  const at = somewhere(file, chance);
  const part = file.subarray(at, at + chance.magnitude(2, 3000));
  const copies = Array.from({ length: chance.between(1, 20) }, () => part);
  return Buffer.concat([file.subarray(0, at), ...copies, file.subarray(at)]);
};

const spliced: Mutation = (seeds, chance) => {
  const head = any(seeds, chance);
  const tail = any(seeds, chance);
  const cut = chance.between(1, head.length);
  const from = chance.next() < 0.5 ? Math.min(cut, tail.length) : chance.between(0, tail.length);
  return Buffer.concat([head.subarray(0, cut), tail.subarray(from)]);
};

const SIGNATURES = [
  'ffd8ffe0',
  '89504e470d0a1a0a',
  '524946460000000057454250',
  '0000001866747970686569630000',
  '474946383961',
  '424d',
  '49492a00',
  '25504446',
  '1a45dfa3',
] as const;

const wrongSignature: Mutation = (seeds, chance) => {
  const file = any(seeds, chance);
  Buffer.from(chance.pick(SIGNATURES), 'hex').copy(file);
  return file;
};

const noise: Mutation = (_, chance) => {
  const body = chance.bytes(chance.magnitude(1, 20_000));
  const signature = Buffer.from(chance.pick([...SIGNATURES, '']), 'hex');
  return Buffer.concat([signature, body]);
};

const lengthsExaggerated: Mutation = (seeds, chance) => {
  const file = any(seeds, chance);
  const at = Math.min(somewhere(file, chance), Math.max(0, file.length - 4));
  const value = chance.pick([0xffffffff, 0x7fffffff, 0x80000000, 0, 1, 0xffff]);
  if (file.length >= 4) file.writeUInt32BE(value, at);
  return file;
};

export const DAMAGE: Readonly<Record<string, Mutation>> = {
  truncated,
  bitsFlipped,
  runOverwritten,
  bytesInserted,
  bytesRemoved,
  partRepeated,
  spliced,
  wrongSignature,
  noise,
  lengthsExaggerated,
};
