import { findRejectionReason } from '@gradshot/domain';
import { useLanguage } from '../../i18n/language.tsx';
import page from '../../ui/page.module.css';
import { shortReason } from '../review/reason-keys.ts';
import { Bars } from './bars.tsx';
import type { Dashboard } from './use-dashboard.ts';

const MAX_SHOWN = 6;

export function Rejections({ rejections }: Pick<Dashboard, 'rejections'>) {
  const { t, pick } = useLanguage();
  if (rejections.length === 0) return <p className={page.lead}>{t.dashboard.noRejections}</p>;
  const bars = rejections.slice(0, MAX_SHOWN).map(({ code, count }) => {
    const reason = findRejectionReason(code);
    return { key: code, label: reason ? pick(shortReason(reason)) : code, count };
  });
  return <Bars bars={bars} wide />;
}
