import type { Visit } from '../session/visit.ts';

/**
 * The note that staff are writing at the desk, before it is kept: a graduate who hands in from their own
 * screen meanwhile takes it along. In memory alone, and of one photo.
 */
export type NoteDraft = {
  /** Undefined: what stands there may not be kept. */
  write(photoId: string, note: string | undefined): void;
  /** What is said now counts. */
  forget(): void;
  /** Keeps what is not kept yet, of the photo on screen. */
  settle(): Promise<void>;
};

export function createNoteDraft(visit: Pick<Visit, 'command' | 'state'>): NoteDraft {
  let draft: { readonly photoId: string; readonly note: string } | undefined;
  return {
    write(photoId, note) {
      draft = note === undefined ? undefined : { photoId, note: note.trim() };
    },
    forget() {
      draft = undefined;
    },
    async settle() {
      const { view } = visit.state();
      const written = draft;
      draft = undefined;
      if (view.step !== 'judged' || written?.photoId !== view.shot.photoId) return;
      const { answers = {}, note: kept = '' } = view.onSite ?? {};
      if (written.note === kept) return;
      await visit.command('staff.recordOnSite', { answers, note: written.note });
    },
  };
}
