import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/**
 * How a station process is told what to do: by environment variables, which the start program
 * sets. A kiosk in the field needs none of them.
 */
const port = z.coerce.number().int().min(0).max(65_535);
const flag = z.enum(['0', '1']).transform((value) => value === '1');

/** Enrols a new station by itself; the start program makes the code in sample mode. */
const enrolment = z.object({
  serverUrl: z.url(),
  code: z.string(),
  name: z.string(),
  pin: z.string(),
});
export type SampleEnrolment = z.infer<typeof enrolment>;

const environment = z.object({
  GRADSHOT_DATA: z.string().min(1).optional(),
  GRADSHOT_MODELS: z.string().min(1).optional(),
  GRADSHOT_PORT: port.default(0),
  GRADSHOT_WINDOWED: flag.default(false),
  GRADSHOT_SAMPLE: flag.default(false),
  GRADSHOT_PROVIDER: z.enum(['auto', 'cpu', 'webgpu', 'dml', 'coreml', 'cuda']).default('auto'),
  GRADSHOT_SERVER: z.url().optional(),
  GRADSHOT_ENROL: z
    .string()
    .transform((text) => enrolment.parse(JSON.parse(text)))
    .optional(),
});

export type LaunchSettings = {
  readonly dataDir: string;
  readonly modelsDir: string;
  readonly port: number;
  readonly windowed: boolean;
  /** Simulators stand for 学信网 and WeChat; the dev dock may inject faults. */
  readonly sample: boolean;
  readonly provider: 'auto' | 'cpu' | 'webgpu' | 'dml' | 'coreml' | 'cuda';
  /** What a new station proposes on its enrolment page. */
  readonly serverUrl: string | undefined;
  readonly enrol: SampleEnrolment | undefined;
};

/**
 * Settings of this start; throws a ZodError that names the wrong variable.
 * `defaults`: the folders of an installed program.
 */
export function launchSettings(
  variables: Readonly<Record<string, string | undefined>>,
  defaults: { readonly dataDir: string; readonly modelsDir: string },
): LaunchSettings {
  const parsed = environment.parse(variables);
  return {
    dataDir: resolve(parsed.GRADSHOT_DATA ?? defaults.dataDir),
    modelsDir: resolve(parsed.GRADSHOT_MODELS ?? defaults.modelsDir),
    port: parsed.GRADSHOT_PORT,
    windowed: parsed.GRADSHOT_WINDOWED,
    sample: parsed.GRADSHOT_SAMPLE,
    provider: parsed.GRADSHOT_PROVIDER,
    serverUrl: parsed.GRADSHOT_SERVER,
    enrol: parsed.GRADSHOT_ENROL,
  };
}

/** Where the browser shell keeps its data when nobody says. */
export function userDataFolder(): string {
  const base =
    process.platform === 'win32'
      ? process.env.LOCALAPPDATA
      : process.platform === 'darwin'
        ? join(homedir(), 'Library', 'Application Support')
        : process.env.XDG_DATA_HOME;
  return join(base ?? join(homedir(), '.local', 'share'), 'gradshot');
}
