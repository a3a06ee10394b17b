import { UndoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import type { LastDecision, ReviewDesk } from './review-desk.ts';

const TICK_MS = 250;

type LastHeldProps = {
  readonly last: LastDecision;
  readonly desk: ReviewDesk;
  readonly onTakeBack: () => void;
};

/** What was decided last, and how long it can still be taken back. */
export function LastHeld({ last, desk, onTakeBack }: LastHeldProps) {
  const { t } = useLanguage();
  const left = useLeftUntil(last, desk);
  return (
    <Button size="small" icon={<UndoOutlined />} onClick={onTakeBack} data-testid="take-back">
      {t.review.takeBackOf(t.review.decided[last.kind], Math.ceil(left / 1000))} <kbd>Z</kbd>
    </Button>
  );
}

/** Milliseconds; once they are over, the desk forgets it. */
function useLeftUntil(last: LastDecision, desk: ReviewDesk): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      tick((count) => count + 1);
      if (performance.now() >= last.until) desk.forgetLast(last);
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [last, desk]);
  return Math.max(0, last.until - performance.now());
}
