import { ok, type Result } from '@gradshot/domain';
import type { Engine, EngineOptions } from '../api.ts';
import { createFrameGuide } from '../guide/guide-frame.ts';
import { loadModels } from '../runtime/load-models.ts';
import { standardizePhoto } from './standardize.ts';
import { ENGINE_VERSION } from './version.ts';

/**
 * Opens the engine. Fails with `imaging.modelMissing` or `imaging.modelTampered`. It keeps no
 * state between photos, so calls may overlap; guidance remembers where the face was.
 */
export async function createEngine(options: EngineOptions): Promise<Result<Engine>> {
  const loaded = await loadModels(options);
  if (!loaded.ok) return loaded;
  const models = loaded.value;
  return ok({
    info: {
      provider: models.provider,
      trials: models.trials,
      models: models.versions as Readonly<Record<string, string>>,
      engineVersion: ENGINE_VERSION,
    },
    standardize: (source, standardizeOptions) =>
      standardizePhoto(models, source, standardizeOptions),
    guide: createFrameGuide(models),
    close: () => models.close(),
  });
}
