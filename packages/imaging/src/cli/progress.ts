import path from 'node:path';
import type { PhotoRecord } from './outputs.ts';

const BAR_WIDTH = 30;

/** Says how far a batch is: a bar where somebody watches, one line per picture where not. */
export class BatchProgress {
  readonly #total: number;
  readonly #jsonLines: boolean;
  readonly #bar: boolean;
  readonly #began = performance.now();
  #done = 0;
  #accepted = 0;

  constructor(total: number, jsonLines: boolean) {
    this.#total = total;
    this.#jsonLines = jsonLines;
    this.#bar = process.stderr.isTTY === true && total > 1;
  }

  show(record: PhotoRecord): void {
    this.#done++;
    if (record.accepted) this.#accepted++;
    if (this.#bar) process.stderr.write('\r\u001b[K');
    process.stdout.write(this.#jsonLines ? `${JSON.stringify(record)}\n` : describe(record));
    if (this.#bar) process.stderr.write(this.#line());
  }

  finish(): void {
    if (this.#bar) process.stderr.write('\r\u001b[K');
    if (!this.#jsonLines) {
      process.stdout.write(`${this.#accepted} of ${this.#total} accepted\n`);
    }
  }

  #line(): string {
    const filled = Math.round((this.#done / this.#total) * BAR_WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
    const seconds = (performance.now() - this.#began) / 1000;
    const left = (seconds / this.#done) * (this.#total - this.#done);
    return `${bar} ${this.#done}/${this.#total}, ${describeSeconds(left)} left`;
  }
}

function describeSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function describe({ file, accepted, reason, output, timingsMs }: PhotoRecord): string {
  const name = path.basename(file);
  const took = timingsMs.total === undefined ? '' : ` (${Math.round(timingsMs.total)} ms)`;
  if (!accepted) return `${name}: refused, ${reason?.code}: ${reason?.zh}${took}\n`;
  return `${name}: accepted, ${output?.bytes} bytes at quality ${output?.quality}${took}\n`;
}
