import path from 'node:path';
import { parseArgs } from 'node:util';
import { errorSentence } from '@gradshot/domain';
import { MODELS_FOLDER } from '../cli/engine-pool.ts';
import { convertModels } from '../models/convert-models.ts';
import { loadModels } from '../runtime/load-models.ts';
import { type Calibration, calibrate, scorePairs } from './calibrate.ts';
import { embedRoster, listRoster, type Roster } from './read-roster.ts';

const USAGE = `Usage: npm run calibrate -w @gradshot/imaging -- FOLDER [--basis NAME] [--json]

Fits the bands of the identity advice to a roster. FOLDER holds a subfolder of pictures for every
person, or pictures named PERSON_anything.jpg. Prints the thresholds; nothing else leaves memory.
With fewer than 200 pairs of one person or 2000 of different ones the defaults stay.`;

function parse() {
  return parseArgs({
    options: {
      basis: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
}

type Values = ReturnType<typeof parse>['values'];

async function run(folder: string, values: Values): Promise<number> {
  const pictures = await listRoster(folder).catch(() => undefined);
  if (!pictures) {
    console.error(`calibrate: no such folder: ${folder}`);
    return 2;
  }
  await convertModels(MODELS_FOLDER);
  const models = await loadModels({ modelsDir: MODELS_FOLDER, provider: 'cpu' });
  if (!models.ok) {
    console.error(errorSentence(models.error, 'en'));
    return 1;
  }
  const roster = await embedRoster(models.value, pictures, (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done}/${pictures.length} `);
  });
  await models.value.close();
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  const result = calibrate(scorePairs(roster.entries), values.basis ?? path.basename(folder));
  const model = models.value.versions.faceEmbedding ?? '';
  console.log(
    values.json
      ? JSON.stringify({ ...result, model, left: roster.left })
      : describe(result, roster, model),
  );
  return 0;
}

function describe(result: Calibration, { entries, left }: Roster, model: string): string {
  const { thresholds, fitted, samePairs, differentPairs, falseMismatch, falseSimilar } = result;
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  return [
    ...left.map(({ file, code }) => `left out: ${file}: ${code}`),
    `pictures            ${entries.length}`,
    `pairs of one person ${samePairs}, called a mismatch ${percent(falseMismatch)}`,
    `different pairs     ${differentPairs}, called similar ${percent(falseSimilar)}`,
    fitted ? 'fitted to this roster:' : 'too few pairs: the defaults stay:',
    JSON.stringify({ ...thresholds, model }),
    'Advice only: a person decides about every photo.',
  ].join('\n');
}

async function main(): Promise<number> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse();
  } catch (error) {
    console.error(`calibrate: ${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const { values, positionals } = parsed;
  if (!values.help && positionals.length === 1) return run(positionals[0]!, values);
  console.log(USAGE);
  return values.help ? 0 : 2;
}

process.exitCode = await main();
