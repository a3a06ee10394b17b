import { Badge, Segmented } from 'antd';
import { useSearchParams } from 'react-router';
import { mayAct, useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import page from '../../ui/page.module.css';
import { PageHeader } from '../../ui/page-header.tsx';
import { DueRefunds } from './due-refunds.tsx';
import { type RefundCounts, useRefundCounts } from './refund-queries.ts';
import { RefundRequests } from './refund-requests.tsx';
import { ShownRefunds } from './shown-refunds.tsx';

/** `requests`: all that who may not decide on money sees here. */
const TABS = ['owed', 'requests', 'abnormal', 'running', 'done', 'ended'] as const;
type Tab = (typeof TABS)[number];

/** All money that goes back: what is asked for, what waits for a hand, what is owed, what is done. */
export function RefundsPage() {
  const { t } = useLanguage();
  const [params, setParams] = useSearchParams();
  const may = mayAct(useStaff(), 'refund');
  const counts = useRefundCounts(may);
  const tabs: readonly Tab[] = may ? TABS : ['requests'];
  const tab = tabs.find((one) => one === params.get('tab')) ?? tabs[0] ?? 'requests';
  return (
    <div className={page.page}>
      <PageHeader title={t.refunds.page} />
      <div className={page.bar}>
        <Segmented
          value={tab}
          options={tabs.map((value) => ({ value, label: <Label tab={value} counts={counts} /> }))}
          onChange={(value) => setParams({ tab: value })}
        />
      </div>
      <Content tab={tab} />
    </div>
  );
}

type LabelProps = { readonly tab: Tab; readonly counts: RefundCounts };

function Label({ tab, counts }: LabelProps) {
  const { t } = useLanguage();
  const count = tab in counts ? counts[tab as keyof RefundCounts] : 0;
  return (
    <span>
      {t.refunds.tabs[tab]} <Badge size="small" count={count} />
    </span>
  );
}

function Content({ tab }: { readonly tab: Tab }) {
  switch (tab) {
    case 'owed':
    case 'done':
      return <DueRefunds key={tab} returned={tab === 'done'} />;
    case 'requests':
      return <RefundRequests />;
    default:
      return <ShownRefunds key={tab} show={tab} />;
  }
}
