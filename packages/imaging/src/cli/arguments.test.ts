import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';

const parse = (line: string) => parseArguments(line.split(' '));

describe('the command line', () => {
  it('has defaults', () => {
    expect(parse('in --out out')).toMatchObject({
      options: {
        inputs: ['in'],
        out: 'out',
        profile: 'chsi-480x640',
        jobs: 1,
        resume: false,
        sheets: [],
        explain: false,
      },
    });
  });

  it('takes several sheets and all that is made beside a photo', () => {
    const line =
      'a b --out o --sheet 5in --sheet plan.json --explain --reference r --csv t.csv --json -';
    expect(parse(line)).toMatchObject({
      options: {
        inputs: ['a', 'b'],
        sheets: ['5in', 'plan.json'],
        explain: true,
        reference: 'r',
        csv: 't.csv',
        jsonLines: true,
      },
    });
  });

  it.each([
    ['--out o', 'at least one'],
    ['a', '--out'],
    ['a --out o --jobs 0', '--jobs'],
    ['a --out o --jobs 2.5', '--jobs'],
    ['a --out o --provider gpu', '--provider'],
    ['a --out o --json x', '--json'],
    ['a --out o --nonsense', 'nonsense'],
    ['a --out o --thresholds t.json', '--reference'],
  ])('refuses "%s"', (line, message) => {
    expect(parse(line)).toMatchObject({ kind: 'wrong', message: expect.stringContaining(message) });
  });

  it('explains itself', () => {
    expect(parse('--help').kind).toBe('help');
  });
});
