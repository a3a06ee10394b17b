import type { OnSiteAnswers, OnSiteRecord } from '@gradshot/domain';
import { useRef, useState } from 'react';
import { ask, showFailure } from '../../state/station-store.ts';

/** What staff say, as it stands on the screen and a moment later at the station. */
export type OnSiteDraft = {
  readonly answers: OnSiteAnswers;
  answer(answers: OnSiteAnswers): void;
  /** Waits for what is being written. */
  settled(): Promise<void>;
};

/** Every touch is written at once, one after the other, and nobody has to wait for it. */
export function useOnSiteDraft(onSite: OnSiteRecord | undefined): OnSiteDraft {
  const [answers, setAnswers] = useState<OnSiteAnswers>();
  const writing = useRef<Promise<void>>(Promise.resolve());
  const write = async (next: OnSiteAnswers, before: OnSiteAnswers) => {
    const written = await ask('staff.recordOnSite', { answers: next });
    if (written.ok) return;
    setAnswers((present) => (present === next ? before : present));
    showFailure(written.error);
  };
  const present = answers ?? onSite?.answers ?? {};
  return {
    answers: present,
    answer(next) {
      setAnswers(next);
      writing.current = writing.current.then(() => write(next, present));
    },
    settled: () => writing.current,
  };
}
