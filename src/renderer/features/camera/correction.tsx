import { CheckCircleFilled, InfoCircleOutlined, UserOutlined } from '@ant-design/icons';
import type { GuideArrow } from '@gradshot/domain';
import { useTranslation } from 'react-i18next';
import { useSentence } from '../../ui/use-language.ts';
import { ArrowSign } from './arrow-sign.tsx';
import styles from './correction.module.css';
import type { Position } from './use-guidance.ts';

/** The one thing to change now, with its arrow; large enough to be read from where the graduate stands. */
export function Correction({ position }: { position: Position }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  if (typeof position !== 'object')
    return (
      <section className={styles.correction} data-testid="camera-hint">
        <p className={styles.sentence}>
          {position === undefined ? t('camera.looking') : t('camera.noHints')}
        </p>
      </section>
    );
  const { state, hints } = position;
  const first = hints.find(({ weight }) => weight !== 'advises');
  return (
    <section
      aria-live="polite"
      className={styles.correction}
      data-state={state}
      data-testid="camera-hint"
    >
      <Sign arrow={first?.arrow} ready={state === 'ready'} />
      <p className={styles.sentence}>{first ? sentence(first) : t('camera.ready')}</p>
      {state === 'blocked' && <p className={styles.kicker}>{t('camera.blocked')}</p>}
    </section>
  );
}

function Sign({ arrow, ready }: { arrow: GuideArrow | undefined; ready: boolean }) {
  if (ready) return <CheckCircleFilled className={styles.sign ?? ''} />;
  if (!arrow) return <UserOutlined className={styles.sign ?? ''} />;
  return (
    <span className={styles.sign}>
      <ArrowSign arrow={arrow} />
    </span>
  );
}

/** Light and wall: not the graduate's to change, so said quietly and to those who can. */
export function StaffAdvice({ position }: { position: Position }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const advice =
    typeof position === 'object'
      ? position.hints.find(({ weight }) => weight === 'advises')
      : undefined;
  if (!advice) return null;
  return (
    <p className={styles.advice} data-testid="staff-advice">
      <InfoCircleOutlined /> {t('camera.forStaff', { sentence: sentence(advice) })}
    </p>
  );
}
