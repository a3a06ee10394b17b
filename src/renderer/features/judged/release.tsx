import { SafetyCertificateOutlined, StopOutlined } from '@ant-design/icons';
import {
  beyondRelease,
  holdsPersonalNumber,
  MAX_RELEASE_TEXT,
  mayRelease,
  RELEASE_CAUSE_CODES,
  RELEASE_CAUSES,
  type Release,
  type ReleaseCause,
  type StandardizationReport,
} from '@gradshot/domain';
import { Button, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useSentence } from '../../ui/use-language.ts';
import styles from './release.module.css';
import { useCheckLabel } from './use-check-label.ts';

type ReleaseProps = {
  readonly report: StandardizationReport;
  /** What staff said already. */
  readonly release: Release | undefined;
};

/** 工作人员放行 of a photo that the machine refused: what for, or why it cannot be. */
export function ReleaseWords({ report, release }: ReleaseProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const label = useCheckLabel();
  const names = (codes: readonly string[]) =>
    codes
      .map((code) => label(code, report.reason?.code === code ? report.reason : undefined))
      .join(' · ');
  if (release)
    return (
      <p className={styles.said} data-testid="release">
        <span className={styles.words}>
          {[sentence(RELEASE_CAUSES[release.cause]), release.text].filter(Boolean).join(' · ')}
        </span>
        <small>{t('judged.release.checks', { checks: names(release.checks) })}</small>
      </p>
    );
  if (mayRelease(report)) return null;
  return (
    <p className={styles.never} data-testid="release-never">
      <StopOutlined /> {t('judged.release.never', { checks: names(beyondRelease(report)) })}
    </p>
  );
}

export function ReleaseButton({ report, release }: ReleaseProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  if (!mayRelease(report)) return null;
  return (
    <>
      <Button
        data-testid="release-ask"
        icon={<SafetyCertificateOutlined />}
        onClick={() => setAsking(true)}
        size="large"
      >
        {release ? t('judged.release.change') : t('judged.release.ask')}
      </Button>
      <Dialog
        onClose={() => setAsking(false)}
        open={asking}
        testId="release-dialog"
        title={t('judged.release.title')}
      >
        <Reasons before={release} onDone={() => setAsking(false)} />
      </Dialog>
    </>
  );
}

type ReasonsProps = { readonly before: Release | undefined; readonly onDone: () => void };

/** Whoever releases says why: the reviewer reads it before everything else. */
function Reasons({ before, onDone }: ReasonsProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const [cause, setCause] = useState<ReleaseCause | undefined>(before?.cause);
  const [text, setText] = useState(before?.text ?? '');
  const numbers = holdsPersonalNumber(text);
  const unsaid = cause === 'other' && text.trim() === '';
  const release = async () => {
    if (!cause) return;
    const released = await send('staff.releasePhoto', { cause, text: text.trim() });
    if (released.ok) onDone();
  };
  return (
    <div className={styles.reasons}>
      <p className={styles.lead}>{t('judged.release.lead')}</p>
      <Radio.Group
        aria-label={t('judged.release.title')}
        className={styles.causes ?? ''}
        onChange={({ target }) => setCause(target.value)}
        options={RELEASE_CAUSE_CODES.map((value) => ({
          value,
          label: <span data-testid={`cause-${value}`}>{sentence(RELEASE_CAUSES[value])}</span>,
        }))}
        value={cause}
      />
      <Input.TextArea
        aria-label={t('judged.release.text')}
        data-testid="release-text"
        maxLength={MAX_RELEASE_TEXT}
        onChange={({ target }) => setText(target.value)}
        placeholder={t('judged.release.text')}
        rows={2}
        showCount
        status={numbers ? 'error' : ''}
        value={text}
      />
      <p className={styles.hint} data-wrong={numbers}>
        {numbers
          ? t('judged.release.numbers')
          : unsaid
            ? t('judged.release.unsaid')
            : t('judged.release.textHint')}
      </p>
      <Button
        data-testid="release-now"
        disabled={!cause || numbers || unsaid}
        onClick={() => void release()}
        size="large"
        type="primary"
      >
        {t('judged.release.now')}
      </Button>
    </div>
  );
}
