import { TranslationOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import styles from './entrance-page.module.css';

type EntrancePageProps = {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
};

/** The page in front of the console: brand on the left, one form on the right. */
export function EntrancePage({ title, lead, children }: EntrancePageProps) {
  const { t, language, setLanguage } = useLanguage();
  return (
    <main className={styles.page}>
      <section className={styles.brand}>
        <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width={56} height={56} />
        <p className={styles.product}>{t.product}</p>
        <p className={styles.console}>{t.console}</p>
      </section>
      <section className={styles.side}>
        <Button
          type="text"
          className={styles.language ?? ''}
          icon={<TranslationOutlined />}
          onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
        >
          {t.nav.language}
        </Button>
        <div className={styles.form}>
          <h1>{title}</h1>
          <p className={styles.lead}>{lead}</p>
          {children}
        </div>
      </section>
    </main>
  );
}
