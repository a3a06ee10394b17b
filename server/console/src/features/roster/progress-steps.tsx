import type { RosterProgress } from '@gradshot/contract';
import { useLanguage } from '../../i18n/language.tsx';
import styles from './progress-steps.module.css';
import type { Roster } from './roster-queries.ts';

type ProgressStepsProps = {
  readonly roster: Roster;
  /** Undefined: everybody. */
  readonly value: RosterProgress | undefined;
  readonly onChange: (progress: RosterProgress | undefined) => void;
};

/** How many stand at each step; a click shows them alone. */
export function ProgressSteps({ roster, value, onChange }: ProgressStepsProps) {
  const { t } = useLanguage();
  const all = roster.counts.reduce((sum, { count }) => sum + count, 0);
  const approved = roster.counts.find(({ progress }) => progress === 'approved')?.count ?? 0;
  return (
    <div className={styles.steps}>
      <Step
        label={t.roster.everybody}
        count={all}
        note={t.roster.photosOf(roster.photos)}
        pressed={value === undefined}
        onClick={() => onChange(undefined)}
      />
      {roster.counts.map(({ progress, count }) => (
        <Step
          key={progress}
          label={t.roster.steps[progress]}
          count={count}
          note={progress === 'approved' ? share(approved, all) : ''}
          pressed={value === progress}
          tone={progress === 'rejected' && count > 0 ? 'bad' : 'plain'}
          onClick={() => onChange(value === progress ? undefined : progress)}
        />
      ))}
    </div>
  );
}

const share = (part: number, all: number) => (all > 0 ? `${Math.round((part / all) * 100)}%` : '');

type StepProps = {
  readonly label: string;
  readonly count: number;
  readonly note: string;
  readonly pressed: boolean;
  readonly tone?: 'plain' | 'bad';
  readonly onClick: () => void;
};

function Step({ label, count, note, pressed, tone = 'plain', onClick }: StepProps) {
  return (
    <button
      type="button"
      className={styles.step}
      aria-pressed={pressed}
      data-tone={tone}
      onClick={onClick}
    >
      <span>{label}</span>
      <strong className="num">{count.toLocaleString()}</strong>
      <small className="num">{note}</small>
    </button>
  );
}
