import { Radio, Slider } from 'antd';
import { useTranslation } from 'react-i18next';
import { PACES, type Pace } from '../../../shared/index.ts';
import { send, useBusy, useSnapshot } from '../../state/station-store.ts';
import styles from './staff-page.module.css';

const NAME = { stepwise: 'staff.paceStepwise', express: 'staff.paceExpress' } as const;
const DETAIL = {
  stepwise: 'staff.paceStepwiseDetail',
  express: 'staff.paceExpressDetail',
} as const;

/** 逐步 or 快速, with what each is for. */
export function PaceChoice() {
  const { t } = useTranslation();
  const busy = useBusy();
  const { pace } = useSnapshot().station;
  return (
    <section className={styles.pace} data-testid="pace">
      <h2 className={styles.paceTitle}>{t('staff.pace')}</h2>
      <Radio.Group
        disabled={busy}
        onChange={({ target }) => void send('staff.setPace', { pace: target.value as Pace })}
        value={pace}
      >
        {PACES.map((each) => (
          <Radio data-testid={`pace-${each}`} key={each} value={each}>
            <strong>{t(NAME[each])}</strong>
            <span className={styles.paceDetail}>{t(DETAIL[each])}</span>
          </Radio>
        ))}
      </Radio.Group>
    </section>
  );
}

/** How loud the station speaks to who stands before the camera; all the way down is off. */
export function VoiceChoice() {
  const { t } = useTranslation();
  const { voiceVolume } = useSnapshot().station;
  const percent = Math.round(voiceVolume * 100);
  return (
    <section className={styles.pace} data-testid="voice">
      <h2 className={styles.paceTitle} id="voice-title">
        {t('staff.voice')} · {percent === 0 ? t('staff.voiceOff') : `${percent}%`}
      </h2>
      <Slider
        ariaLabelledByForHandle="voice-title"
        defaultValue={percent}
        onChangeComplete={(value) => void send('staff.setVoice', { volume: value / 100 })}
        step={10}
      />
    </section>
  );
}
