import { Button, Result } from 'antd';
import { useLanguage } from '../../i18n/language.tsx';
import type { DeskState } from './review-desk.ts';

type IdleDeskProps = { readonly desk: DeskState; readonly onStart: () => void };

/** The desk without a photo: why, and what to press. */
export function IdleDesk({ desk, onStart }: IdleDeskProps) {
  const { t, explain } = useLanguage();
  if (desk.mode === 'empty')
    return <Result status="success" title={t.review.empty} subTitle={t.review.emptyLead} />;
  if (desk.mode === 'idle') return null;
  const texts = {
    paused: { title: t.review.paused, lead: t.review.pausedLead, button: t.review.resume },
    lost: { title: t.review.lost, lead: t.review.lostLead, button: t.review.next },
    failed: {
      title: t.common.loadFailed,
      lead: desk.failure ? explain(desk.failure) : '',
      button: t.common.retry,
    },
    working: { title: '', lead: '', button: '' },
  }[desk.mode];
  return (
    <Result
      status={desk.mode === 'failed' ? 'warning' : 'info'}
      title={texts.title}
      subTitle={texts.lead}
      extra={
        <Button type="primary" autoFocus onClick={onStart}>
          {texts.button}
        </Button>
      }
    />
  );
}
