import { CheckOutlined, CloseOutlined, MinusOutlined } from '@ant-design/icons';
import type { ReviewItem } from '@gradshot/contract';
import { type OnSiteAnswers, type OnSiteQuestion, onSiteQuestions } from '@gradshot/domain';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import styles from './side-panel.module.css';

const QUESTIONS = onSiteQuestions();
type Seen = NonNullable<OnSiteAnswers[OnSiteQuestion]> | 'notLooked';

const ICONS: Readonly<Record<Seen, React.ReactNode>> = {
  kept: <CheckOutlined />,
  notKept: <CloseOutlined />,
  notLooked: <MinusOutlined />,
};

/** 现场核对: what staff beside the graduate saw; what was not fine first, the rest on request. */
export function OnSitePanel({ item }: { item: ReviewItem }) {
  const { t } = useLanguage();
  const [all, setAll] = useState(false);
  const { onSite, onSiteUnreadable, source } = item;
  if (source !== 'station') return null;
  const answers = onSite?.answers ?? {};
  const seen = (code: OnSiteQuestion): Seen => answers[code] ?? 'notLooked';
  const count = (what: Seen) => QUESTIONS.filter(({ code }) => seen(code) === what).length;
  const shown = all ? QUESTIONS : QUESTIONS.filter(({ code }) => seen(code) === 'notKept');
  const looked = count('notLooked') < QUESTIONS.length;
  return (
    <section className={styles.section} data-testid="on-site">
      <header>
        <h2>{t.review.onSite.title}</h2>
        {looked ? (
          <Button type="link" size="small" onClick={() => setAll(!all)}>
            {all ? t.review.onSite.fewer : t.review.onSite.all}
          </Button>
        ) : null}
      </header>
      {onSiteUnreadable ? (
        <Alert title={t.review.onSite.unreadable} showIcon type="warning" />
      ) : null}
      <ul>
        {shown.map((question) => (
          <SeenRow key={question.code} question={question} seen={seen(question.code)} />
        ))}
      </ul>
      {onSite?.note ? (
        <p className={styles.note}>
          <strong>{t.review.onSite.note}</strong> {onSite.note}
        </p>
      ) : null}
      {onSiteUnreadable ? null : (
        <p className={styles.lead}>
          {looked
            ? t.review.onSite.summary(count('kept'), count('notLooked'))
            : t.review.onSite.nobody}
        </p>
      )}
    </section>
  );
}

type SeenRowProps = { readonly question: (typeof QUESTIONS)[number]; readonly seen: Seen };

function SeenRow({ question, seen }: SeenRowProps) {
  const { t, pick } = useLanguage();
  return (
    <li className={styles.check} data-seen={seen}>
      <span className={styles.icon}>{ICONS[seen]}</span>
      <span>{pick(question)}</span>
      <span className={styles.value}>{t.review.onSite[seen]}</span>
    </li>
  );
}
