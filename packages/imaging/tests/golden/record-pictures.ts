/**
 * Records what the engine makes of the golden pictures now. Look at what changed before it is
 * committed, and raise ENGINE_VERSION with it.
 */
import { writeFile } from 'node:fs/promises';
import { ENGINE_VERSION } from '../../src/engine/version.ts';
import { openTestModels } from '../face/test-models.ts';
import { GOLDEN_PICTURES, type Golden, summarise } from './golden-pictures.ts';

const models = await openTestModels();
const pictures: Golden[] = [];
for (const picture of GOLDEN_PICTURES) pictures.push(await summarise(models, picture));
const goldens = { engineVersion: ENGINE_VERSION, models: models.versions, pictures };
await writeFile(
  new URL('./pictures.json', import.meta.url),
  `${JSON.stringify(goldens, null, 2)}\n`,
);
await models.close();
