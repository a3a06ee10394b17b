import { type Command, runProgram } from '../devices/program-run.ts';

/** The system's own queue of jobs, where it can be asked. */
export type PrintSpool = {
  /** Jobs of a printer that are not done; undefined where the system does not tell. */
  waiting(printer: string): Promise<readonly string[] | undefined>;
  /** Takes a job back that has not been printed: nobody wants to find it in the tray later. */
  withdraw(job: string): Promise<void>;
};

/** Asked every few seconds: it answers at once or not at all. */
const LIMITS = { ms: 3000, outputBytes: 256 * 1024 };

/** CUPS, as Linux and macOS have it. Windows tells a program nothing of what became of a page's job. */
export function cupsSpool(lpstat: Command = ['lpstat'], cancel: Command = ['cancel']): PrintSpool {
  return {
    async waiting(printer) {
      const { end } = runProgram(lpstat, ['-W', 'not-completed', '-o', printer], LIMITS);
      const ended = await end;
      if (ended.kind !== 'ended' || ended.exitCode !== 0) return undefined;
      return jobsIn(new TextDecoder().decode(ended.output));
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
