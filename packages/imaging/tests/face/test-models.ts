import { fileURLToPath } from 'node:url';
import { convertModels } from '../../src/models/convert-models.ts';
import { type LoadedModels, loadModels } from '../../src/runtime/load-models.ts';

export const MODELS_DIR = fileURLToPath(new URL('../../../../resources/models/', import.meta.url));

/** The product's own models on one CPU thread, converted first where that has not been done. */
export async function openTestModels(): Promise<LoadedModels> {
  await convertModels(MODELS_DIR);
  const loaded = await loadModels({ modelsDir: MODELS_DIR, provider: 'cpu', threads: 1 });
  if (!loaded.ok) throw new Error(loaded.error.code);
  return loaded.value;
}
