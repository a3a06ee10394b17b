import { holdsPersonalNumber, type OnSiteAnswers, type OnSiteRecord } from '@gradshot/domain';
import { useRef, useState } from 'react';
import { ask, showFailure } from '../../state/station-store.ts';

/** What staff say, as it stands on the screen and a moment later at the station. */
export type OnSiteDraft = {
  readonly answers: OnSiteAnswers;
  readonly note: string;
  answer(answers: OnSiteAnswers): void;
  /** Written when the writer pauses, and not while a number stands in it. */
  write(note: string): void;
  /** Waits for all that is still to be written. */
  settled(): Promise<void>;
};

type Said = { readonly answers: OnSiteAnswers; readonly note: string };

/** Long enough to go on typing, and far shorter than the desk stays open without a touch. */
const PAUSE_MS = 800;

/** Every touch is written at once, one after the other, and nobody has to wait for it. */
export function useOnSiteDraft(photoId: string, onSite: OnSiteRecord | undefined): OnSiteDraft {
  const [draft, setDraft] = useState<Said>();
  const writing = useRef<Promise<void>>(Promise.resolve());
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const waiting = useRef<() => void>(undefined);
  const present = draft ?? { answers: onSite?.answers ?? {}, note: onSite?.note ?? '' };
  const send = async (next: Said, before: OnSiteAnswers) => {
    const { answers, note } = next;
    const written = await ask('staff.recordOnSite', { answers, note: note.trim() });
    if (written.ok) return;
    // What was typed stays to be mended; an answer that is shown is one that was kept.
    setDraft((now) => (now && now.answers === answers ? { ...now, answers: before } : now));
    showFailure(written.error);
  };
  const flush = () => {
    clearTimeout(pause.current);
    waiting.current?.();
    waiting.current = undefined;
  };
  const later = (next: Said) => {
    const before = present.answers;
    waiting.current = () => {
      writing.current = writing.current.then(() => send(next, before));
    };
  };
  return {
    ...present,
    answer(answers) {
      const note = holdsPersonalNumber(present.note) ? (onSite?.note ?? '') : present.note;
      setDraft({ ...present, answers });
      later({ answers, note });
      flush();
    },
    write(note) {
      const next = { ...present, note };
      setDraft(next);
      clearTimeout(pause.current);
      waiting.current = undefined;
      const mayBeKept = !holdsPersonalNumber(note);
      // The graduate may hand in before the writer pauses.
      void ask('staff.draftNote', { photoId, ...(mayBeKept ? { note } : {}) });
      if (!mayBeKept) return;
      later(next);
      pause.current = setTimeout(flush, PAUSE_MS);
    },
    settled() {
      flush();
      return writing.current;
    },
  };
}
