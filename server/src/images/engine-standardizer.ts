import type { SheetLayout } from '@gradshot/contract';
import { type ErrorCode, fail, isErrorCode, ok, type Result } from '@gradshot/domain';
import {
  createImagingProcess,
  forkImagingChild,
  type ImagingProcess,
  type Standardized,
  usualPlan,
} from '@gradshot/imaging';
import type { EventLog } from '../ports/ground/event-log.ts';
import {
  ENGINE_FAULTS,
  type IdentityAdvice,
  type RenderedSheets,
  type StandardizationOutcome,
  type Standardizer,
} from '../ports/standardization/standardizer.ts';

/**
 * The imaging engine in a process of its own, started with the first photo: a server whose photos
 * all come from stations never needs it. `modelsDir`: folder with manifest.json and the networks.
 */
export function createEngineStandardizer(modelsDir: string, log: EventLog): Standardizer {
  let engine: ImagingProcess | undefined;
  const open = () => {
    engine ??= createImagingProcess({
      spawn: () => forkImagingChild(),
      engine: { modelsDir, provider: 'cpu' },
      onIncident: (incident) => log.warn({ incident }, 'imaging process'),
    });
    return engine;
  };
  return {
    async standardize(original, profile, onProgress, refusedBefore) {
      const also = { refusedBefore };
      return outcomeOf(await open().standardize(original, { profile, onProgress, also }));
    },
    async renderSheets(original, profile, layouts) {
      const also = { sheets: layouts.map((layout) => usualPlan(layout)) };
      return sheetsOf(await open().standardize(original, { profile, also }), layouts);
    },
    async compareIdentity(original, reference, profile, bands) {
      const also = {
        reference,
        ...(bands ? { identityThresholds: { ...bands, basis: 'roster' } } : {}),
      };
      return adviceOf(await open().standardize(original, { profile, also }));
    },
    async close() {
      await engine?.close();
      engine = undefined;
    },
  };
}

/** Why the engine itself failed, if it did. */
function faultOf({ report }: Standardized): ErrorCode | undefined {
  const code = report.reason?.code;
  return code && ENGINE_FAULTS.has(code) && isErrorCode(code) ? code : undefined;
}

function outcomeOf(made: Standardized): StandardizationOutcome {
  const code = faultOf(made);
  if (code) return { kind: 'failed', code };
  return { kind: 'judged', report: made.report, ...(made.jpeg ? { jpeg: made.jpeg } : {}) };
}

function sheetsOf(made: Standardized, layouts: readonly SheetLayout[]): Result<RenderedSheets> {
  const code = faultOf(made);
  if (code) return fail(code);
  const sheets: Partial<Record<SheetLayout, Uint8Array>> = {};
  for (const [index, layout] of layouts.entries()) {
    const sheet = made.sheets?.[index];
    if (!sheet?.ok) return sheet ?? fail('server.internal');
    sheets[layout] = sheet.value.jpeg;
  }
  return ok({ report: made.report, sheets: sheets as RenderedSheets['sheets'] });
}

function adviceOf(made: Standardized): Result<IdentityAdvice> {
  const code = faultOf(made);
  if (code) return fail(code);
  const compared = made.identity ?? fail('imaging.noFace', { picture: 'photo' });
  if (!compared.ok) return compared;
  const { band, score, model, warning } = compared.value;
  return ok({ band, score, model, warning });
}
