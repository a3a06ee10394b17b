import { redact } from '@gradshot/domain';
import type { DiagnosticLine } from '../../../shared/index.ts';
import type { StationEvent } from '../store/event-log.ts';

export type DiagnosticsFile = { readonly fileName: string; readonly text: string };

/** What staff send to support: self-tests and the latest events, with nothing personal in it. */
export function diagnosticsFile(facts: {
  readonly at: string;
  readonly version: string;
  readonly platform: string;
  readonly lines: readonly DiagnosticLine[];
  readonly events: readonly StationEvent[];
}): DiagnosticsFile {
  const events = facts.events.map(({ at, ...event }) => ({
    at: new Date(at).toISOString(),
    ...event,
  }));
  const text = redact(JSON.stringify({ ...facts, events }, null, 2));
  return { fileName: `gradshot-diagnostics-${facts.at.replace(/[:.]/g, '-')}.json`, text };
}
