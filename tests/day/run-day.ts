import { runDay } from './day.ts';
import { type Asked, readOptions, USAGE } from './day-options.ts';
import { linesOf, passes } from './limits.ts';
import { describe, summaryOf } from './report.ts';

/** `npm run bench:day`: see `USAGE`. */

const TENTHS = 10;

async function main(): Promise<number> {
  const asked = read();
  if (!asked || asked.help) {
    console.error(USAGE);
    return asked ? 0 : 2;
  }
  const { json, help: _help, ...options } = asked;
  const tenth = Math.ceil(options.graduates / TENTHS);
  const day = await runDay(options, (graduates) => {
    if (graduates % tenth === 0) console.error(`${graduates} of ${options.graduates} graduates`);
  });
  console.log(json ? JSON.stringify(summaryOf(day), null, 2) : describe(day));
  return passes(linesOf(day)) ? 0 : 1;
}

function read(): Asked | undefined {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n`);
    return undefined;
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.exitCode = await main();
