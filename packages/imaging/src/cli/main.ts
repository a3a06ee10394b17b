import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { errorSentence, type PhotoProfile } from '@gradshot/domain';
import { type CliOptions, parseArguments, USAGE } from './arguments.ts';
import { type BatchExtras, chooseExtras } from './choose-extras.ts';
import { chooseProfile } from './choose-profile.ts';
import { openEngines } from './engine-pool.ts';
import { type CliInput, collectInputs, keepApart } from './inputs.ts';
import { type PhotoRecord, removeLeftovers, writeWhole } from './outputs.ts';
import { couldNotBeMade, processPhotos } from './process-photos.ts';
import { BatchProgress } from './progress.ts';
import { Table } from './table.ts';

const DONE = 0;
const SOME_FAILED = 1;
const WRONG_USAGE = 2;

async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseArguments(argv);
  if (parsed.kind === 'help') {
    console.log(USAGE);
    return DONE;
  }
  if (parsed.kind === 'wrong') return refuseUsage(parsed.message);
  let batch: Batch;
  try {
    batch = await prepare(parsed.options);
  } catch (error) {
    return refuseUsage((error as Error).message);
  }
  try {
    return await run(parsed.options, batch);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    // a full disk, a folder that was taken away; --resume goes on from here
    console.error(`standardize: ${(error as Error).message}`);
    return SOME_FAILED;
  }
}

type Batch = {
  readonly profile: PhotoProfile;
  readonly extras: BatchExtras;
  readonly inputs: readonly CliInput[];
};

/** Reads what was asked for and looks at every place to write to. Throws an Error for people. */
async function prepare({ profile, background, ...options }: CliOptions): Promise<Batch> {
  const { out, csv } = options;
  const chosen = await chooseProfile(profile, background);
  const extras = await chooseExtras(options);
  const sheets = extras.sheets.map(({ name }) => name);
  const inputs = await collectInputs(options.inputs, sheets);
  await mkdir(out, { recursive: true });
  await access(out, constants.W_OK);
  if (csv !== undefined) await access(path.dirname(csv), constants.W_OK);
  await keepApart(inputs, out);
  await removeLeftovers(out);
  return { profile: chosen, extras, inputs };
}

function refuseUsage(message: string): number {
  console.error(`standardize: ${message}\n\n${USAGE}`);
  return WRONG_USAGE;
}

async function run(options: CliOptions, { profile, extras, inputs }: Batch): Promise<number> {
  const count = Math.max(1, Math.min(options.jobs, inputs.length));
  const engines = await openEngines(count, options.provider, (line) => console.error(line));
  if (!engines.ok) {
    console.error(errorSentence(engines.error, 'en'));
    return SOME_FAILED;
  }
  const progress = new BatchProgress(inputs.length, options.jsonLines);
  const table = new Table();
  let failed = 0;
  const onRecord = (record: PhotoRecord) => {
    if (couldNotBeMade(record)) failed++;
    table.add(record);
    progress.show(record);
  };
  try {
    await processPhotos(inputs, engines.value, { ...options, profile, extras, onRecord });
  } finally {
    progress.finish();
    await Promise.all(engines.value.map((engine) => engine.close()));
  }
  if (options.csv !== undefined) await writeWhole(options.csv, table.toCsv());
  return failed > 0 ? SOME_FAILED : DONE;
}

// who reads only the first lines of --json - has seen enough
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(SOME_FAILED);
});

process.exitCode = await main(process.argv.slice(2));
