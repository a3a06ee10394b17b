import { SolutionOutlined } from '@ant-design/icons';
import { ON_SITE_QUESTIONS } from '@gradshot/domain';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionAt } from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Picture } from '../../ui/picture.tsx';
import { OnSitePanel } from '../judged/on-site-panel.tsx';
import { ReleaseButton, ReleaseWords } from '../judged/release.tsx';
import { sortChecks } from '../judged/sort-checks.ts';
import { useOnSiteDraft } from '../judged/use-on-site-draft.ts';
import { Verdict, verdictOf } from '../judged/verdict.tsx';
import styles from './result-desk.module.css';

/** What the machine says of the photo, and what staff say: 现场核对 and 放行. */
export function ResultDesk({ session }: { session: SessionAt<'judged'> }) {
  const { t } = useTranslation();
  const { report, accepted, hasStandard, onSite } = session;
  const draft = useOnSiteDraft(session.shot.photoId, onSite);
  const [asking, setAsking] = useState(false);
  const answered = ON_SITE_QUESTIONS.filter((code) => draft.answers[code]).length;
  const release = onSite?.release;
  const close = () => {
    setAsking(false);
    void draft.settled();
  };
  return (
    <section className={styles.result} data-testid="result-desk">
      <Verdict brief verdict={verdictOf(report, sortChecks(report.checks), accepted)} />
      {!report.accepted && <ReleaseWords release={release} report={report} />}
      <div className={styles.acts}>
        {!report.accepted && <ReleaseButton release={release} report={report} />}
        {hasStandard && (
          <Button
            data-testid="open-on-site"
            icon={<SolutionOutlined />}
            onClick={() => setAsking(true)}
            size="large"
          >
            {t('staff.live.onSite', { answered, all: ON_SITE_QUESTIONS.length })}
          </Button>
        )}
      </div>
      <Dialog
        onClose={close}
        open={asking}
        place="full"
        testId="on-site-dialog"
        title={t('judged.onSite.lead')}
      >
        <div className={styles.onSite}>
          <Picture alt={t('judged.standard')} kind="standard" photoId={session.shot.photoId} />
          <OnSitePanel draft={draft} />
        </div>
      </Dialog>
    </section>
  );
}
