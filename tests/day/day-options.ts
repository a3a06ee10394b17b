import { parseArgs } from 'node:util';
import { PACES, type Pace } from '../../src/shared/index.ts';

export type DayOptions = {
  readonly graduates: number;
  /** The same seed is the same pictures and the same row of outages. */
  readonly seed: number;
  /** Share of the time in which the network is down, 0 ≤ x < 1. */
  readonly down: number;
  readonly pace: Pace;
  /** Whose standard photo is replayed: the imaging engine's, made at the start, or a made-up one. */
  readonly recording: 'engine' | 'built';
};

/** A large school's busiest day at one station. */
const SEASON_DAY_GRADUATES = 3200;
const MOST_DOWN = 0.9;

export const USAGE = `Usage: npm run bench:day -- [options]

A season day at one station: prepaid graduates one after the other through the station's core, against
a server in another process, over a network that keeps failing. Everything a person does takes no time;
what the station does by the clock comes a hundred times as often, as the day is that much shorter. Its
data lies in the system's folder for temporary files (TMPDIR): 1.6 MB a graduate.

  --graduates N     one after the other                (default: ${SEASON_DAY_GRADUATES})
  --seed N          of pictures and outages            (default: 1)
  --down SHARE      of the time without a network      (default: 0.3)
  --pace PACE       express (快速) or stepwise (逐步)    (default: express)
  --recording HOW   engine: the standard photo that is replayed comes from the imaging engine;
                    built: it is made up               (default: engine)
  --json            for a machine
  --help

Exit status 1 where something was lost, doubled or changed, where memory, handles or database do not
stay flat, and where the main thread stood still for longer than 50 ms; 2: wrong usage.`;

export type Asked = DayOptions & { readonly json: boolean; readonly help: boolean };

/** Throws where an option is none, or beyond its bounds. */
export function readOptions(args: readonly string[]): Asked {
  const { values } = parseArgs({
    args: [...args],
    options: {
      graduates: { type: 'string', default: `${SEASON_DAY_GRADUATES}` },
      seed: { type: 'string', default: '1' },
      down: { type: 'string', default: '0.3' },
      pace: { type: 'string', default: 'express' },
      recording: { type: 'string', default: 'engine' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    graduates: whole(values.graduates, 'graduates'),
    seed: whole(values.seed, 'seed'),
    down: share(values.down),
    pace: oneOf(values.pace, 'pace', PACES),
    recording: oneOf(values.recording, 'recording', ['engine', 'built']),
    json: values.json,
    help: values.help,
  };
}

function whole(text: string, name: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`--${name} must be a whole number from 1`);
  return number;
}

function share(text: string): number {
  const number = Number(text);
  if (!(number >= 0 && number <= MOST_DOWN))
    throw new Error(`--down must be a share from 0 to ${MOST_DOWN}`);
  return number;
}

function oneOf<T extends string>(text: string, name: string, allowed: readonly T[]): T {
  const found = allowed.find((x) => x === text);
  if (!found) throw new Error(`--${name} must be one of ${allowed.join(', ')}`);
  return found;
}
