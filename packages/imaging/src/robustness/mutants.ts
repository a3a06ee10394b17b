import { BOMBS } from './bombs.ts';
import { Chance } from './chance.ts';
import { DAMAGE, type Mutation } from './damage.ts';
import type { Seed } from './seeds.ts';

export type Mutant = { readonly number: number; readonly mutation: string; readonly bytes: Buffer };

const DAMAGE_LIST = Object.entries(DAMAGE);
const BOMB_LIST = Object.entries(BOMBS);
/** The rest of the files are damaged ones. */
const BOMB_SHARE = 0.25;

export const MUTATIONS: readonly string[] = [...DAMAGE_LIST, ...BOMB_LIST].map(([name]) => name);

/** The same file for the same number and seeds, always. */
export function makeMutant(seeds: readonly Seed[], number: number): Mutant {
  const chance = new Chance(number);
  const list: readonly [string, Mutation][] = chance.next() < BOMB_SHARE ? BOMB_LIST : DAMAGE_LIST;
  const [mutation, mutate] = chance.pick(list);
  return { number, mutation, bytes: mutate(seeds, chance) };
}
