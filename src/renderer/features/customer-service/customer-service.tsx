import { CustomerServiceOutlined } from '@ant-design/icons';
import { Collapse } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerServiceView } from '../../../shared/index.ts';
import { useSnapshot } from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useLanguage } from '../../ui/use-language.ts';
import styles from './customer-service.module.css';

/** 客服 at the right of every page. */
export function CustomerService() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { customerService, session } = useSnapshot();
  return (
    <>
      <button className={styles.tab} data-testid="help" onClick={() => setOpen(true)} type="button">
        <CustomerServiceOutlined className={styles.tabIcon ?? ''} />
        <span>{t('help.tab')}</span>
      </button>
      <Dialog
        onClose={() => setOpen(false)}
        open={open}
        place="right"
        testId="help-drawer"
        title={t('help.title')}
      >
        <div className={styles.body}>
          {customerService ? <Contact service={customerService} /> : <p>{t('help.none')}</p>}
          <Advice submitted={session.step === 'handedIn'} />
          <Questions service={customerService} />
        </div>
      </Dialog>
    </>
  );
}

function Contact({ service }: { service: CustomerServiceView }) {
  const { t } = useTranslation();
  return (
    <section className={styles.contact}>
      <p className={styles.caption}>{t('help.phone')}</p>
      <p className={styles.phone}>{service.phone}</p>
      <p className={styles.caption}>
        {t('help.hours')}　{service.hours}
      </p>
    </section>
  );
}

function Advice({ submitted }: { submitted: boolean }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className={styles.heading}>{t('help.now')}</h3>
      <ul className={styles.advice}>
        <li>{t('help.nowStaff')}</li>
        <li>{t('help.nowPhone')}</li>
        {submitted && <li>{t('help.nowReview')}</li>}
      </ul>
    </section>
  );
}

function Questions({ service }: { service: CustomerServiceView | undefined }) {
  const { t } = useTranslation();
  const zh = useLanguage() === 'zh';
  const faq = service?.faq ?? [];
  const items = faq.map((entry) => ({
    key: entry.questionEn,
    label: zh ? entry.questionZh : entry.questionEn,
    children: <p>{zh ? entry.answerZh : entry.answerEn}</p>,
  }));
  return (
    <section>
      <h3 className={styles.heading}>{t('help.faq')}</h3>
      {items.length > 0 ? <Collapse accordion items={items} /> : <p>{t('help.noFaq')}</p>}
    </section>
  );
}
