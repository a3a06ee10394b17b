import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** How another maker did on the same picture, or why it did not. */
export type PeerResult = {
  readonly peer: string;
  /** What of the job it does; everything else is left out of its time. */
  readonly does: string;
  readonly medianMs?: number;
  readonly peakMb?: number;
  /** Why it was not run, in one line. */
  readonly left?: string;
};

type Peer = {
  readonly name: string;
  readonly does: string;
  /** Packages that must be installed for it. */
  readonly packages: readonly string[];
  /** Why it is in nobody's dependencies. */
  readonly note: string;
};

const FACES = 'decode, faces';

/**
 * None of them makes the whole photo. TensorFlow.js weighs 370 MB, so the first two are development
 * dependencies of `packages/imaging/peers` alone; the last one's AGPL-3.0 must not come near a
 * product, so it is run where somebody has put it.
 */
const PEERS: readonly Peer[] = [
  {
    name: '@vladmandic/human',
    does: `${FACES} (detector, mesh, irises, expression)`,
    packages: ['@vladmandic/human', '@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'],
    note: 'MIT and Apache-2.0, on WebAssembly',
  },
  {
    name: '@vladmandic/face-api',
    does: `${FACES} (detector, 68 points, expression)`,
    packages: ['@vladmandic/face-api', '@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'],
    note: 'MIT and Apache-2.0, on WebAssembly',
  },
  {
    name: '@imgly/background-removal-node',
    does: 'decode, cut-out, encode',
    packages: ['@imgly/background-removal-node'],
    note: 'AGPL-3.0: for a comparison alone',
  },
];

const PEER_PROCESS = fileURLToPath(new URL('./peer-process.ts', import.meta.url));
const LIMIT_MS = 90_000;

/**
 * Times the peers that are installed in `folder`, each in a process of its own. `source`: an
 * encoded picture.
 */
export async function timePeers(source: Uint8Array, folder: string): Promise<PeerResult[]> {
  const temporary = await mkdtemp(path.join(tmpdir(), 'gradshot-peers-'));
  const file = path.join(temporary, 'source.jpg');
  await writeFile(file, source);
  const results: PeerResult[] = [];
  for (const peer of PEERS) results.push(await timePeer(peer, folder, file));
  await rm(temporary, { recursive: true });
  return results;
}

async function timePeer(peer: Peer, folder: string, file: string): Promise<PeerResult> {
  const { name, does, packages, note } = peer;
  const missing = packages.find((wanted) => !isInstalled(wanted, folder));
  if (missing) return { peer: name, does, left: `${missing} is not installed (${note})` };
  const { code, output } = await run([PEER_PROCESS, name, folder, file]);
  const lines = output.trim().split('\n');
  const measured = code === 0 ? parseMeasured(lines.at(-1)!) : undefined;
  if (measured) return { peer: name, does, ...measured };
  const error = lines.find((line) => /error/i.test(line)) ?? `ended with ${code}`;
  return { peer: name, does, left: `fails: ${error.trim().slice(0, 120)}` };
}

/** Where a file of the folder would find it. */
function isInstalled(name: string, folder: string): boolean {
  const paths = createRequire(pathToFileURL(path.join(folder, 'x.js'))).resolve.paths(name) ?? [];
  return paths.some((place) => existsSync(path.join(place, name, 'package.json')));
}

type Measured = { readonly medianMs: number; readonly peakMb: number };

function parseMeasured(line: string): Measured | undefined {
  try {
    return JSON.parse(line) as Measured;
  } catch {
    return undefined;
  }
}

function run(args: readonly string[]): Promise<{ code: number | string; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { timeout: LIMIT_MS, killSignal: 'SIGKILL' });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('close', (code, signal) => resolve({ code: code ?? signal ?? '', output }));
  });
}
