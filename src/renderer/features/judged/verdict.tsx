import {
  CheckCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  EyeOutlined,
} from '@ant-design/icons';
import { anotherShotHelps, type StandardizationReport } from '@gradshot/domain';
import { useTranslation } from 'react-i18next';
import { useSentence } from '../../ui/use-language.ts';
import type { SortedChecks } from './sort-checks.ts';
import styles from './verdict.module.css';

type Words = { readonly zh: string; readonly en: string };

export type VerdictView = {
  readonly kind: 'good' | 'better' | 'released' | 'refused';
  /** The one thing to do about it. */
  readonly sentence: Words | undefined;
};

/** One verdict for the whole photo. A warning that no other shot would mend is none. */
export function verdictOf(
  report: StandardizationReport,
  { fail, warn }: SortedChecks,
  accepted: boolean,
): VerdictView {
  if (accepted && !report.accepted) return { kind: 'released', sentence: undefined };
  if (!accepted) return { kind: 'refused', sentence: report.reason ?? fail[0] };
  const improvable = warn.find(({ code }) => anotherShotHelps(code));
  return improvable
    ? { kind: 'better', sentence: improvable }
    : { kind: 'good', sentence: undefined };
}

const ICON = {
  good: CheckCircleFilled,
  better: ExclamationCircleFilled,
  released: CheckCircleFilled,
  refused: CloseCircleFilled,
} as const;
const TITLE = {
  good: 'judged.verdictGood',
  better: 'judged.verdictBetter',
  released: 'judged.verdictReleased',
  refused: 'judged.verdictRefused',
} as const;

type VerdictProps = {
  readonly verdict: VerdictView;
  /** In one line, where staff have to look at more beside it. */
  readonly brief?: boolean;
};

export function Verdict({ verdict, brief = false }: VerdictProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const { kind } = verdict;
  const Icon = ICON[kind];
  return (
    <section className={styles.verdict} data-brief={brief} data-kind={kind} data-testid="verdict">
      <Icon className={styles.icon ?? ''} />
      <h2 className={styles.title}>{t(TITLE[kind])}</h2>
      {verdict.sentence && (
        <p
          className={styles.sentence}
          data-testid={kind === 'refused' ? 'refusal-reason' : 'advice'}
        >
          {sentence(verdict.sentence)}
        </p>
      )}
      {kind !== 'refused' && !brief && (
        <p className={styles.look}>
          <EyeOutlined /> {t('judged.notMeasured')}
        </p>
      )}
    </section>
  );
}
