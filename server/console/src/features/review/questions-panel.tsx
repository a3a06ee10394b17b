import { CloseOutlined, MinusOutlined } from '@ant-design/icons';
import { humanQuestions } from '@gradshot/domain';
import { useLanguage } from '../../i18n/language.tsx';
import styles from './side-panel.module.css';

type QuestionsPanelProps = {
  /** Codes of the requirements that are not kept. */
  readonly flagged: ReadonlySet<string>;
  readonly onFlag: (code: string) => void;
};

const QUESTIONS = humanQuestions();

/** What no model measures: nothing is ticked for the reviewer; a click marks one that is not kept. */
export function QuestionsPanel({ flagged, onFlag }: QuestionsPanelProps) {
  const { t, pick } = useLanguage();
  return (
    <section className={styles.section}>
      <header>
        <h2>{t.review.questions}</h2>
        {flagged.size > 0 ? (
          <span className={styles.bad}>{t.review.flagged(flagged.size)}</span>
        ) : null}
      </header>
      <p className={styles.lead}>{t.review.questionsLead}</p>
      <ul>
        {QUESTIONS.map((question) => (
          <li key={question.code}>
            <button
              type="button"
              className={styles.question}
              aria-pressed={flagged.has(question.code)}
              onClick={() => onFlag(question.code)}
            >
              <span className={styles.icon}>
                {flagged.has(question.code) ? <CloseOutlined /> : <MinusOutlined />}
              </span>
              {pick(question)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
