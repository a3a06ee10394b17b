import { parseArgs } from 'node:util';
import type { ProviderChoice } from '../api.ts';

export const USAGE = `Usage: npm run --silent standardize -- FILE|DIR... --out DIR [options]

Makes standard photos: NAME.jpg and NAME.json in DIR for every picture (of a folder: its .jpg,
.jpeg, .png, .webp, .heic and .heif files).

  --out DIR            where to write; made if missing
  --profile ID|FILE    photo profile, or a JSON file with one    (default: chsi-480x640)
  --sheet NAME|FILE    also a print sheet, NAME.SHEET.jpg and .pdf: 5in, 6in, a4, or a JSON file
                       with a plan; may be given several times
  --caption TEXT       one line on every sheet; {name} is the picture's name
  --explain            also NAME.explain.png with the measurements drawn
  --reference FILE|DIR compare with this picture, or with the one of the same name in DIR; advice
                       only, in NAME.json
  --thresholds FILE    bands of that comparison, as \`npm run calibrate -- --json\` printed them for
                       a roster
  --csv FILE           also one table of all pictures, for a spreadsheet
  --background COLOUR  blue, white, grey or #RRGGBB instead of the profile's
  --provider NAME      auto, cpu, webgpu, dml, coreml or cuda    (default: auto)
  --jobs N             pictures at a time, each in a process of its own  (default: 1)
  --resume             leave out pictures that DIR has a finished NAME.json of
  --json -             one line of JSON per picture on standard output
  --help               this text

Exit status: 0 all were processed, accepted or not; 1 some could not be read, or not written;
2 wrong usage. A picture must not lie in the --out folder itself.`;

export const PROVIDERS = ['auto', 'cpu', 'webgpu', 'dml', 'coreml', 'cuda'] as const;

export type CliOptions = {
  readonly inputs: readonly string[];
  readonly out: string;
  readonly profile: string;
  readonly background: string | undefined;
  readonly provider: ProviderChoice;
  readonly jobs: number;
  readonly resume: boolean;
  readonly jsonLines: boolean;
  readonly sheets: readonly string[];
  readonly caption: string | undefined;
  readonly explain: boolean;
  readonly reference: string | undefined;
  readonly thresholds: string | undefined;
  readonly csv: string | undefined;
};

export type ParsedArguments =
  | { readonly kind: 'run'; readonly options: CliOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

const OPTIONS = {
  out: { type: 'string' },
  profile: { type: 'string', default: 'chsi-480x640' },
  background: { type: 'string' },
  provider: { type: 'string', default: 'auto' },
  jobs: { type: 'string', default: '1' },
  resume: { type: 'boolean', default: false },
  json: { type: 'string' },
  sheet: { type: 'string', multiple: true },
  caption: { type: 'string' },
  explain: { type: 'boolean', default: false },
  reference: { type: 'string' },
  thresholds: { type: 'string' },
  csv: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Reads the command line without touching anything else. */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    return { kind: 'wrong', message: (error as Error).message };
  }
  return parsed.values.help ? { kind: 'help' } : check(parsed.values, parsed.positionals);
}

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
}

type Values = ReturnType<typeof parse>['values'];

function check(values: Values, inputs: readonly string[]): ParsedArguments {
  const { out, profile, background, provider, json, resume, ...extras } = values;
  const jobs = Number(values.jobs);
  if (inputs.length === 0) return wrong('name at least one picture or folder');
  if (out === undefined) return wrong('--out DIR is missing');
  if (!isProvider(provider)) return wrong(`--provider is one of ${PROVIDERS.join(', ')}`);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64) return wrong('--jobs is 1 to 64');
  if (json !== undefined && json !== '-') return wrong('--json takes "-" only');
  const { sheet: sheets = [], caption, explain, reference, thresholds, csv } = extras;
  if (thresholds !== undefined && reference === undefined) {
    return wrong('--thresholds says how to judge a --reference');
  }
  const beside = { sheets, caption, explain, reference, thresholds, csv };
  const jsonLines = json === '-';
  const options = { inputs, out, profile, background, provider, jobs, resume, jsonLines };
  return { kind: 'run', options: { ...options, ...beside } };
}

function wrong(message: string): ParsedArguments {
  return { kind: 'wrong', message };
}

function isProvider(name: string): name is ProviderChoice {
  return (PROVIDERS as readonly string[]).includes(name);
}
