import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  MANIFEST_FILE,
  type ModelEntry,
  REQUIRED_ROLES,
  sha256,
} from '../../src/models/manifest.ts';
import { OnnxGraph } from '../../src/models/onnx-graph.ts';

export type TinyModel = {
  readonly entry: Omit<ModelEntry, 'sha256' | 'version' | 'licence' | 'origin'>;
  readonly bytes: Uint8Array;
};

/** A network that hands its 2 × 2 input back, standing in for a required role. */
function echo(role: ModelEntry['role']): TinyModel {
  const graph = new OnnxGraph(role);
  graph.output('echo', graph.input('input', [1, 3, 2, 2]), [1, 3, 2, 2]);
  return {
    bytes: graph.encode(),
    entry: {
      role,
      file: `${role}.onnx`,
      input: {
        name: 'input',
        layout: 'NCHW',
        colour: 'rgb',
        width: 2,
        height: 2,
        range: [0, 1],
      },
      outputs: [{ name: 'echo', shape: [1, 3, 2, 2], activation: 'none' }],
    },
  };
}

/** Writes a models folder with stand-ins for all required roles, and `extra` models. */
export function writeTinyModels(extra: readonly TinyModel[] = []): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'gradshot-models-'));
  mkdirSync(folder, { recursive: true });
  const models = [...REQUIRED_ROLES.map(echo), ...extra].map(({ entry, bytes }) => {
    writeFileSync(path.join(folder, entry.file), bytes);
    const facts = { version: 'test', licence: 'none', origin: 'test' };
    return { ...entry, ...facts, sha256: sha256(bytes) };
  });
  writeManifest(folder, { schema: 1, converter: 1, models });
  return folder;
}

export function writeManifest(folder: string, manifest: unknown): void {
  writeFileSync(path.join(folder, MANIFEST_FILE), JSON.stringify(manifest));
}
