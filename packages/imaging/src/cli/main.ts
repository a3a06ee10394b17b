import { mkdir } from 'node:fs/promises';
import { errorSentence, type PhotoProfile } from '@gradshot/domain';
import { type CliOptions, parseArguments, USAGE } from './arguments.ts';
import { type BatchExtras, chooseExtras } from './choose-extras.ts';
import { chooseProfile } from './choose-profile.ts';
import { openEngines } from './engine-pool.ts';
import { collectInputs } from './inputs.ts';
import { removeLeftovers, writeWhole } from './outputs.ts';
import { couldNotBeRead, processPhotos } from './process-photos.ts';
import { BatchProgress } from './progress.ts';
import { Table } from './table.ts';

const DONE = 0;
const SOME_UNREADABLE = 1;
const WRONG_USAGE = 2;

async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseArguments(argv);
  if (parsed.kind === 'help') {
    console.log(USAGE);
    return DONE;
  }
  if (parsed.kind === 'wrong') return refuseUsage(parsed.message);
  let profile: PhotoProfile;
  let extras: BatchExtras;
  try {
    profile = await chooseProfile(parsed.options.profile, parsed.options.background);
    extras = await chooseExtras(parsed.options);
    await mkdir(parsed.options.out, { recursive: true });
    await removeLeftovers(parsed.options.out);
  } catch (error) {
    return refuseUsage((error as Error).message);
  }
  return run(parsed.options, profile, extras);
}

function refuseUsage(message: string): number {
  console.error(`standardize: ${message}\n\n${USAGE}`);
  return WRONG_USAGE;
}

async function run(
  options: CliOptions,
  profile: PhotoProfile,
  extras: BatchExtras,
): Promise<number> {
  const inputs = await collectInputs(options.inputs);
  const count = Math.max(1, Math.min(options.jobs, inputs.length));
  const engines = await openEngines(count, options.provider, (line) => console.error(line));
  if (!engines.ok) {
    console.error(errorSentence(engines.error, 'en'));
    return SOME_UNREADABLE;
  }
  const progress = new BatchProgress(inputs.length, options.jsonLines);
  const table = new Table();
  let unreadable = 0;
  await processPhotos(inputs, engines.value, {
    ...options,
    profile,
    extras,
    onRecord: (record) => {
      if (couldNotBeRead(record)) unreadable++;
      table.add(record);
      progress.show(record);
    },
  });
  progress.finish();
  await Promise.all(engines.value.map((engine) => engine.close()));
  if (options.csv !== undefined) await writeWhole(options.csv, table.toCsv());
  return unreadable > 0 ? SOME_UNREADABLE : DONE;
}

process.exitCode = await main(process.argv.slice(2));
