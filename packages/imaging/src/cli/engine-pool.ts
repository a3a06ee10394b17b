import { fileURLToPath } from 'node:url';
import { errorSentence, ok, type Result } from '@gradshot/domain';
import type { ProviderChoice } from '../api.ts';
import { convertModels } from '../models/convert-models.ts';
import { createImagingProcess, type ImagingProcess } from '../process/client.ts';
import { forkImagingChild } from '../process/imaging-child.ts';

export const MODELS_FOLDER = fileURLToPath(
  new URL('../../../../resources/models/', import.meta.url),
);

/**
 * Opens engines, each in a process of its own, so that a picture that brings one down costs that
 * picture alone. Converts the models when they are missing or not as recorded.
 */
export async function openEngines(
  count: number,
  provider: ProviderChoice,
  say: (line: string) => void,
): Promise<Result<ImagingProcess[]>> {
  const first = await openEngine(provider, say);
  if (!first.ok) return first;
  // the others are opened after the first, whose start may have converted the models
  const rest = await Promise.all(
    Array.from({ length: count - 1 }, () => openEngine(provider, say)),
  );
  const all = [first, ...rest];
  const open = all.flatMap((engine) => (engine.ok ? [engine.value] : []));
  const failed = all.find((engine) => !engine.ok);
  // processes that stay open would keep the command from ending
  if (failed) await Promise.all(open.map((engine) => engine.close()));
  return failed ?? ok(open);
}

async function openEngine(
  provider: ProviderChoice,
  say: (line: string) => void,
): Promise<Result<ImagingProcess>> {
  const opened = await tryOpen(provider);
  // what was dropped in can only be put right by whoever did
  if (opened.ok || opened.error.code === 'imaging.modelUnusable') return opened;
  say(errorSentence(opened.error, 'en'));
  say('Converting the models …');
  await convertModels(MODELS_FOLDER);
  return tryOpen(provider);
}

async function tryOpen(provider: ProviderChoice): Promise<Result<ImagingProcess>> {
  const engine = createImagingProcess({
    spawn: () => forkImagingChild(),
    engine: { modelsDir: MODELS_FOLDER, provider },
  });
  const ready = await engine.ready();
  if (ready.ok) return ok(engine);
  await engine.close();
  return ready;
}
