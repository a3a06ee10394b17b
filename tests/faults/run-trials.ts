import { parseArgs } from 'node:util';
import { runTrial } from './trial.ts';

/**
 * `npm run faults -- --trials 300 --seed 1`: kill -9 plus damage, again and again. Every trial that
 * loses or doubles something is printed with its seed; the last line sums up. Exit status 1 when
 * anything was lost, doubled or changed, or a station never came to its end.
 */
const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
  },
});
const trials = whole(values.trials, 'trials');
const first = whole(values.seed, 'seed');

const sum = { lost: 0, doubled: 0, changed: 0, stuck: 0, kills: 0, damages: 0 };
for (let index = 0; index < trials; index++) {
  const seed = first + index;
  const trial = await runTrial(seed);
  sum.lost += trial.lost.length;
  sum.doubled += trial.doubled.length;
  sum.changed += trial.changed.length;
  sum.stuck += trial.stuck ? 1 : 0;
  sum.kills += trial.kills;
  sum.damages += trial.damages.length;
  const { lost, doubled, changed, stuck } = trial;
  if (lost.length + doubled.length + changed.length > 0 || stuck)
    console.error(`seed ${seed}: ${JSON.stringify(trial)}`);
  if ((index + 1) % 10 === 0) console.log(`${index + 1} of ${trials} trials`);
}
const { lost, doubled, changed, stuck, kills, damages } = sum;
console.log(
  `${trials} trials from seed ${first}: ${kills} kills, ${damages} damages; ${lost} lost, ${doubled} doubled, ${changed} changed, ${stuck} stuck`,
);
process.exitCode = lost + doubled + changed + stuck === 0 ? 0 : 1;

function whole(text: string, name: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`--${name} must be a whole number from 1`);
  return number;
}
