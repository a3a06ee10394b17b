import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fail } from '@gradshot/domain';
import { isPictureName } from '../cli/inputs.ts';
import { readReference } from '../engine/extras.ts';
import { embedLargestFace } from '../identity/compare-identity.ts';
import type { LoadedModels } from '../runtime/load-models.ts';
import type { RosterEntry } from './calibrate.ts';

/** A picture of a roster and whose it is. */
export type RosterPicture = { readonly file: string; readonly person: string };

/**
 * Lists a roster: each subfolder is a person, and pictures beside them are told apart by the part
 * of their name before the first `_` (`20260001_admission.jpg`, `20260001_2026.jpg`).
 */
export async function listRoster(folder: string): Promise<RosterPicture[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const pictures: RosterPicture[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) {
      const inside = path.join(folder, entry.name);
      const files = (await readdir(inside)).filter(isPictureName).sort();
      pictures.push(
        ...files.map((name) => ({ file: path.join(inside, name), person: entry.name })),
      );
    } else if (isPictureName(entry.name)) {
      const [person] = path.parse(entry.name).name.split('_');
      pictures.push({ file: path.join(folder, entry.name), person: person! });
    }
  }
  return pictures;
}

export type Roster = {
  readonly entries: readonly RosterEntry[];
  /** Pictures that were left out, with the reason's code. */
  readonly left: readonly { readonly file: string; readonly code: string }[];
};

/** Reads and embeds every picture; the embeddings live as long as the result and are never kept. */
export async function embedRoster(
  models: LoadedModels,
  pictures: readonly RosterPicture[],
  onDone: (done: number) => void = () => {},
): Promise<Roster> {
  const entries: RosterEntry[] = [];
  const left: { file: string; code: string }[] = [];
  for (const [index, { file, person }] of pictures.entries()) {
    const bytes = await readFile(file).catch(() => undefined);
    const picture = bytes ? await readReference(bytes) : fail('photo.unreadable');
    const embedding = picture.ok ? await embedLargestFace(models, picture.value) : undefined;
    if (embedding) entries.push({ person, embedding });
    else left.push({ file, code: picture.ok ? 'imaging.noFace' : picture.error.code });
    onDone(index + 1);
  }
  return { entries, left };
}
