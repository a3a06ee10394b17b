import { Segmented } from 'antd';
import { useLocation, useNavigate } from 'react-router';
import { useLanguage } from '../../i18n/language.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

const TABS = ['payments', 'bills', 'totals'] as const;

/** The three pages about money, in the header. */
export function MoneyTabs() {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const current = useLocation().pathname.split('/')[2];
  return (
    <PageHeader title={t.money.title}>
      <Segmented
        size="small"
        value={TABS.find((tab) => tab === current) ?? 'payments'}
        options={TABS.map((value) => ({ value, label: t.money.tabs[value] }))}
        onChange={(tab) => navigate(`/money/${tab}`)}
      />
    </PageHeader>
  );
}
