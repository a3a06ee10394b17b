import { KeyOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Select, Typography } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { mayAct, useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { PageHeader } from '../../ui/page-header.tsx';
import { useNotify } from '../../ui/use-notify.ts';
import { useBatches } from '../batches/batch-queries.ts';
import { StationTable } from '../dashboard/station-table.tsx';
import { useDashboard } from '../dashboard/use-dashboard.ts';
import { DeskTakings } from './desk-takings.tsx';
import { EnrolledStations } from './enrolled-stations.tsx';
import styles from './stations-page.module.css';

export function StationsPage() {
  const { t } = useLanguage();
  const staff = useStaff();
  return (
    <div className={page.page}>
      <PageHeader title={t.stations.title}>
        <span className={page.lead}>{t.stations.lead}</span>
      </PageHeader>
      {mayAct(staff, 'keepStations') ? <EnrolmentCode /> : null}
      <Card size="small" title={t.stations.list}>
        {mayAct(staff, 'seeStations') ? <EnrolledStations /> : <StationsAtWork />}
      </Card>
      {mayAct(staff, 'seeMoney') ? <DeskTakings /> : null}
    </div>
  );
}

function StationsAtWork() {
  const query = useDashboard();
  return query.data ? <StationTable stations={query.data.stations} /> : <LoadState query={query} />;
}

type Code = { readonly code: string; readonly expiresAt: string };

function EnrolmentCode() {
  const { t } = useLanguage();
  const notify = useNotify();
  const { data } = useBatches();
  const [chosen, setChosen] = useState<string>();
  const [code, setCode] = useState<Code>();
  const [busy, setBusy] = useState(false);
  const schoolCode = chosen ?? data?.schools[0]?.code;
  const create = async () => {
    if (!schoolCode || busy) return;
    setBusy(true);
    const answer = await client.call('createEnrolmentCode', { body: { schoolCode } });
    setBusy(false);
    if (answer.ok) setCode(answer.value);
    else notify.failed(answer.error);
  };
  return (
    <Card size="small" title={t.stations.code}>
      <div className={page.bar}>
        <Select
          style={{ width: 280 }}
          placeholder={t.stations.school}
          value={schoolCode ?? null}
          onChange={(next) => {
            setChosen(next ?? undefined);
            setCode(undefined);
          }}
          options={(data?.schools ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        />
        <Button
          type="primary"
          icon={<KeyOutlined />}
          disabled={!schoolCode}
          loading={busy}
          onClick={() => void create()}
        >
          {t.stations.create}
        </Button>
      </div>
      {code ? (
        <Alert
          className={styles.code ?? ''}
          type="success"
          title={
            <Typography.Text copyable className={styles.value ?? ''}>
              {code.code}
            </Typography.Text>
          }
          description={`${t.stations.once} ${t.stations.validUntil(dateTime(code.expiresAt))}`}
        />
      ) : null}
    </Card>
  );
}
