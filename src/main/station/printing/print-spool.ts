import { type Command, runProgram } from '../devices/program-run.ts';

/** A job that is not done; `title` where the system tells it, perhaps not to its end. */
export type SpooledJob = { readonly name: string; readonly title?: string };

/** The system's own queue of jobs, where it can be asked. */
export type PrintSpool = {
  /** Jobs of a printer that are not done; undefined where the system does not tell. */
  waiting(printer: string): Promise<readonly SpooledJob[] | undefined>;
  /** Takes a job back that has not been printed: nobody wants to find it in the tray later. */
  withdraw(job: string): Promise<void>;
};

/** Asked every few seconds: it answers at once or not at all. */
const LIMITS = { ms: 3000, outputBytes: 256 * 1024 };

/** CUPS, as Linux and macOS have it. Windows tells a program nothing of what became of a page's job. */
export function cupsSpool(
  lpstat: Command = ['lpstat'],
  cancel: Command = ['cancel'],
  lpq: Command = ['lpq'],
): PrintSpool {
  return {
    async waiting(printer) {
      const { end } = runProgram(lpstat, ['-W', 'not-completed', '-o', printer], LIMITS);
      const ended = await end;
      if (ended.kind !== 'ended' || ended.exitCode !== 0) return undefined;
      const names = jobsIn(new TextDecoder().decode(ended.output));
      if (names.length === 0) return [];
      const titles = await titlesOf(lpq, printer);
      return names.map((name) => {
        const title = titles.get(name.slice(name.lastIndexOf('-') + 1));
        return { name, ...(title === undefined ? {} : { title }) };
      });
    },
    async withdraw(job) {
      await runProgram(cancel, [job], LIMITS).end;
    },
  };
}

/** A line for each job begins with its name: the printer's, a dash and a number. */
function jobsIn(output: string): readonly string[] {
  return output.split('\n').flatMap((line) => /^(\S+-\d+)(\s|$)/.exec(line)?.[1] ?? []);
}

/** By the job's number; of CUPS's programs only this one tells titles, and not every system has it. */
async function titlesOf(lpq: Command, printer: string): Promise<ReadonlyMap<string, string>> {
  const ended = await runProgram(lpq, ['-P', printer], LIMITS).end;
  if (ended.kind !== 'ended' || ended.exitCode !== 0) return new Map();
  const lines = new TextDecoder().decode(ended.output).split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [, number, title] = /^\S+\s+\S+\s+(\d+)\s+(.*?)\s+\d+ bytes$/.exec(line.trim()) ?? [];
      return number && title !== undefined ? [[number, title] as const] : [];
    }),
  );
}
