import { CheckOutlined, LoadingOutlined } from '@ant-design/icons';
import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { type SessionAt, send } from '../../state/station-store.ts';
import { Page } from '../../ui/page.tsx';
import { Picture } from '../../ui/picture.tsx';
import { useRem } from '../../ui/root-scale.ts';
import styles from './judging-page.module.css';

/** The engine's stages, in the order in which it reports them. */
const STAGES = ['decode', 'detect', 'segment', 'matte', 'compose', 'encode', 'check'] as const;

/** 照片标准化 at work: how far, at which stage, and the way out. */
export function JudgingPage({ session }: { session: SessionAt<'judging'> }) {
  const { t } = useTranslation();
  const rem = useRem();
  const percent = Math.round(session.progress * 100);
  return (
    <Page
      lead={t('judging.lead')}
      secondary={{
        id: 'cancel-standardize',
        label: t('judging.cancel'),
        onPress: () => void send('session.stopJudging', {}),
        whileBusy: true,
      }}
      step="judging"
      title={t('judging.title')}
    >
      <div className={styles.columns}>
        <div className={styles.photo}>
          <Picture alt={t('judging.title')} kind="original" photoId={session.shot.photoId} />
        </div>
        <div className={styles.progress} data-testid="progress">
          <Progress
            aria-label={t('judging.title')}
            format={() => <span className={styles.number}>{percent}%</span>}
            percent={percent}
            size={rem * 17}
            status="normal"
            strokeWidth={7}
            type="circle"
          />
          <Stages stage={session.stage} />
        </div>
      </div>
    </Page>
  );
}

function Stages({ stage }: { stage: string }) {
  const { t } = useTranslation();
  const present = STAGES.indexOf(stage as (typeof STAGES)[number]);
  return (
    <ol className={styles.stages}>
      {STAGES.map((name, index) => {
        const state = index < present ? 'done' : index === present ? 'now' : 'ahead';
        return (
          <li className={styles.stage} data-state={state} key={name}>
            <span className={styles.mark}>
              {state === 'done' && <CheckOutlined />}
              {state === 'now' && <LoadingOutlined />}
            </span>
            {t(`judging.stages.${name}`)}
          </li>
        );
      })}
    </ol>
  );
}
