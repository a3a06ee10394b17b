import type { TetheredFailure } from '../../../shared/index.ts';

/** What the program gphoto2 says, and what it means. Its texts are asked for in English. */

/** The first camera of `--auto-detect`'s table that can be told to shoot. */
export function detectedCamera(table: string): string | undefined {
  const lines = table.split(/\r?\n/);
  const rule = lines.findIndex((line) => /^-{10,}\s*$/.test(line));
  if (rule < 0) return undefined;
  for (const line of lines.slice(rule + 1)) {
    const [, model, port] = /^(\S.*?)\s{2,}(\S+)\s*$/.exec(line) ?? [];
    // A card or a stick with pictures shows as a camera too, on a port named after its folder.
    if (model && port && !port.startsWith('disk:')) return model;
  }
  return undefined;
}

/** In the order in which they are looked for: a missing right is also told as a claim that failed. */
const MEANINGS: readonly (readonly [RegExp, TetheredFailure])[] = [
  [/permission denied|operation not permitted/i, 'camera.denied'],
  [
    /could not claim|\(-53:|could not lock|\(-60:|\(-110:|device or resource busy|device busy/i,
    'camera.busy',
  ],
  [
    /could not detect any camera|no camera found|unknown model|\(-105:|could not find the requested device|\(-52:|no such device/i,
    'camera.notFound',
  ],
  [/timeout|\(-10:|i\/o problem|\(-7:|error reading from the port|\(-34:/i, 'camera.noAnswer'],
];

/** Undefined where it says nothing that is known. */
export function meaningOf(complaint: string): TetheredFailure | undefined {
  return MEANINGS.find(([text]) => text.test(complaint))?.[1];
}
