import { ArrowLeftOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Descriptions, Timeline } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { mayAct, useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime, yuan } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { PageHeader } from '../../ui/page-header.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { AccessLog } from './access-log.tsx';
import { AskedWithdrawal, WithdrawApproval } from './approval-panel.tsx';
import { ImageCheckCard } from './image-check.tsx';
import { OrderActions } from './order-actions.tsx';
import styles from './order-page.module.css';
import { OrderPhotos } from './order-photos.tsx';
import { type ConsoleOrder, useOrder } from './order-queries.ts';
import { PaymentTable } from './payment-table.tsx';

export function OrderPage() {
  const { orderId = '' } = useParams();
  const { t } = useLanguage();
  const navigate = useNavigate();
  const query = useOrder(orderId);
  const staff = useStaff();
  return (
    <div className={page.page}>
      <PageHeader
        title={
          <span className={styles.title}>
            <Button
              type="text"
              size="small"
              icon={<ArrowLeftOutlined />}
              aria-label={t.review.back}
              onClick={() => navigate(-1)}
            />
            {t.orders.detail} <span className="num">{query.data?.order.orderNo}</span>
          </span>
        }
      >
        {query.data ? <StateTag state={query.data.order.state} /> : null}
        <span className={page.grow} />
        {query.data ? <WithdrawApproval {...query.data} /> : null}
        {query.data && mayAct(staff, 'withdrawOrders', 'askRefund') ? (
          <OrderActions {...query.data} />
        ) : null}
      </PageHeader>
      {query.data ? <Detail {...query.data} /> : <LoadState query={query} />}
    </div>
  );
}

function Detail(detail: ConsoleOrder) {
  const { order, payments, photos, accesses, timeline } = detail;
  const { t } = useLanguage();
  const maySee = mayAct(useStaff(), 'seePhotos');
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <AskedWithdrawal {...detail} />
        <Reasons order={order} />
        <ImageCheckCard {...detail} />
        <Card size="small" title={t.orders.record}>
          <RecordFacts order={order} />
        </Card>
        {maySee ? (
          <Card size="small" title={t.orders.photos}>
            <OrderPhotos orderId={order.orderId} photos={photos} />
          </Card>
        ) : null}
        <Card size="small" title={t.orders.payments}>
          <PaymentTable payments={payments} />
        </Card>
        <Card size="small" title={t.orders.accesses}>
          <AccessLog accesses={accesses} />
        </Card>
      </div>
      <Card size="small" title={t.orders.history} className={styles.history ?? ''}>
        <History timeline={timeline} />
      </Card>
    </div>
  );
}

type OrderProps = { readonly order: ConsoleOrder['order'] };

function Reasons({ order }: OrderProps) {
  const { t, pick } = useLanguage();
  if (order.reasons.length === 0) return null;
  return (
    <Alert
      type="error"
      showIcon
      title={t.orders.events.reject}
      description={order.reasons.map((reason) => <div key={reason.code}>{pick(reason)}</div>)}
    />
  );
}

function RecordFacts({ order }: OrderProps) {
  const { t } = useLanguage();
  const { student } = order;
  const items = [
    { key: 'name', label: t.orders.name, children: student.maskedName },
    { key: 'id', label: t.orders.idNumber, children: student.maskedIdNumber },
    { key: 'school', label: t.orders.school, children: student.school },
    {
      key: 'college',
      label: t.orders.college,
      children: [student.college, student.major].filter(Boolean).join(' · ') || '—',
    },
    {
      key: 'level',
      label: t.orders.level,
      children: [student.level, student.graduationYear].filter(Boolean).join(' · ') || '—',
    },
    { key: 'batch', label: t.orders.batch, children: order.batchName },
    { key: 'fee', label: t.orders.fee, children: `¥${yuan(order.priceFen)}` },
    { key: 'updated', label: t.orders.updated, children: dateTime(order.updatedAt) },
  ];
  return <Descriptions size="small" column={2} items={items} />;
}

/** The newest first: what happened last is what is asked about. */
function History({ timeline }: Pick<ConsoleOrder, 'timeline'>) {
  const { t } = useLanguage();
  const entries = [...timeline].reverse().map(({ at, what, by, name, note }, index) => ({
    key: `${at}-${what}-${index}`,
    color: ALARMING.includes(what) ? 'red' : index === 0 ? 'blue' : 'gray',
    content: (
      <>
        <div>{t.orders.events[what] ?? what}</div>
        {note ? <div className={styles.when}>{note}</div> : null}
        <small className={`${styles.when} num`}>
          {dateTime(at)} · {name ?? t.orders.actors[by]}
        </small>
      </>
    ),
  }));
  return <Timeline items={entries} />;
}

const ALARMING = ['reject', 'failRefund', 'refund.abnormal', 'refund.twice'];
