import { CheckOutlined, ExclamationCircleFilled } from '@ant-design/icons';
import {
  holdsPersonalNumber,
  MAX_ON_SITE_NOTE,
  ON_SITE_QUESTIONS,
  type OnSiteAnswer,
  type OnSiteAnswers,
  type OnSiteQuestion,
  onSiteQuestions,
} from '@gradshot/domain';
import { Button, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSentence } from '../../ui/use-language.ts';
import styles from './on-site-panel.module.css';
import type { OnSiteDraft } from './use-on-site-draft.ts';

const QUESTIONS = onSiteQuestions();

/** 现场核对, for staff alone: what no machine sees, looked at beside the graduate. */
export function OnSitePanel({ draft }: { draft: OnSiteDraft }) {
  const { t } = useTranslation();
  const { answers } = draft;
  const left = ON_SITE_QUESTIONS.filter((code) => !answers[code]);
  const wrong = Object.values(answers).includes('notKept');
  return (
    <section className={styles.panel} data-testid="on-site">
      <header className={styles.header}>
        <h2 className={styles.title}>{t('judged.onSite.title')}</h2>
        {wrong && (
          <p className={styles.wrong} data-testid="on-site-wrong">
            <ExclamationCircleFilled /> {t('judged.onSite.wrong')}
          </p>
        )}
      </header>
      <ul className={styles.cells}>
        {QUESTIONS.map((question) => (
          <Question
            answer={answers[question.code]}
            key={question.code}
            onAnswer={(answer) => draft.answer(withAnswer(answers, question.code, answer))}
            question={question}
          />
        ))}
        <li className={styles.cell}>
          <Button
            data-testid="on-site-rest"
            disabled={left.length === 0}
            icon={<CheckOutlined />}
            onClick={() => draft.answer(withRest(answers))}
            size="large"
          >
            {t('judged.onSite.restKept')}
          </Button>
        </li>
        <Note draft={draft} />
      </ul>
    </section>
  );
}

/** For the reviewer's eyes, never for the graduate's screen. */
function Note({ draft: { note, write } }: { draft: OnSiteDraft }) {
  const { t } = useTranslation();
  const numbers = holdsPersonalNumber(note);
  return (
    <li className={styles.cell} data-wrong={numbers}>
      <span>{numbers ? t('judged.release.numbers') : t('judged.onSite.note')}</span>
      <Input.TextArea
        aria-label={t('judged.onSite.note')}
        className={styles.note ?? ''}
        data-testid="on-site-note"
        maxLength={MAX_ON_SITE_NOTE}
        onChange={({ target }) => write(target.value)}
        placeholder={t('judged.onSite.noteHint')}
        status={numbers ? 'error' : ''}
        value={note}
      />
    </li>
  );
}

/** What somebody has answered stays: it was looked at. */
function withRest(answers: OnSiteAnswers): OnSiteAnswers {
  const rest = Object.fromEntries(ON_SITE_QUESTIONS.map((code) => [code, 'kept' as const]));
  return { ...rest, ...answers };
}

function withAnswer(
  answers: OnSiteAnswers,
  code: OnSiteQuestion,
  answer: OnSiteAnswer | undefined,
): OnSiteAnswers {
  const { [code]: _before, ...others } = answers;
  return answer ? { ...others, [code]: answer } : others;
}

type QuestionProps = {
  readonly question: (typeof QUESTIONS)[number];
  readonly answer: OnSiteAnswer | undefined;
  readonly onAnswer: (answer: OnSiteAnswer | undefined) => void;
};

const NOT_LOOKED = 'notLooked';

function Question({ question, answer, onAnswer }: QuestionProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const words = sentence(question);
  return (
    <li
      className={styles.cell}
      data-answer={answer ?? NOT_LOOKED}
      data-testid={`on-site-${question.code}`}
    >
      <span>{words}</span>
      <Radio.Group
        aria-label={words}
        buttonStyle="solid"
        onChange={({ target }) => onAnswer(target.value === NOT_LOOKED ? undefined : target.value)}
        optionType="button"
        options={(['kept', 'notKept', NOT_LOOKED] as const).map((value) => ({
          value,
          label: t(`judged.onSite.${value}`),
        }))}
        size="large"
        value={answer ?? NOT_LOOKED}
      />
    </li>
  );
}
