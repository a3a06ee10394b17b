/**
 * `npm run models`: brings resources/models up to date. `--out DIR` writes elsewhere, `--force`
 * converts what is up to date as well.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { convertModels } from './convert-models.ts';

const DEFAULT_FOLDER = fileURLToPath(new URL('../../../../resources/models/', import.meta.url));

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: DEFAULT_FOLDER },
    force: { type: 'boolean', default: false },
  },
});
const started = performance.now();
const { written, current } = await convertModels(values.out, values.force);
const took = Math.round(performance.now() - started);
console.log(`models: ${written.length} converted, ${current} up to date (${took} ms)`);
