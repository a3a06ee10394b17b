import { CheckCircleOutlined, ReloadOutlined } from '@ant-design/icons';
import { errorSentence, isErrorCode } from '@gradshot/domain';
import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntryView } from '../../../shared/index.ts';
import { ask, dismissFailure, send, showFailure, useSnapshot } from '../../state/station-store.ts';
import { moment } from '../../ui/amounts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useLanguage } from '../../ui/use-language.ts';
import styles from './staff-page.module.css';

/** What waits to be sent; what kept failing can be tried again. */
export function OutboxList() {
  const { t } = useTranslation();
  const { outbox, parked } = useSnapshot().connection;
  /** Undefined until the station has answered: an empty list would be a promise. */
  const [entries, setEntries] = useState<readonly OutboxEntryView[]>();
  const refresh = useCallback(async () => {
    const result = await ask('staff.outbox', {});
    if (result.ok) setEntries(result.value);
    else showFailure(result.error);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the counts say that the list changed
  useEffect(() => void refresh(), [refresh, outbox, parked]);
  const retry = async (id: string) => {
    await send('staff.retryParked', { id });
    await refresh();
  };
  if (entries?.length === 0)
    return (
      <EmptyState
        detail={t('staff.outboxEmptyDetail')}
        icon={<CheckCircleOutlined />}
        title={t('staff.outboxEmpty')}
      />
    );
  return (
    <>
      <Button
        data-testid="refresh-outbox"
        icon={<ReloadOutlined />}
        onClick={() => {
          dismissFailure();
          void refresh();
        }}
        type="text"
      >
        {t('staff.refresh')}
      </Button>
      <ul className={styles.rows} data-testid="outbox">
        {entries?.map((entry) => (
          <Entry entry={entry} key={entry.id} onRetry={() => void retry(entry.id)} />
        ))}
      </ul>
    </>
  );
}

const STATE = {
  queued: 'staff.outboxQueued',
  sending: 'staff.outboxSending',
  parked: 'staff.outboxParked',
} as const;

/** Work of a newer station is listed under its own name. */
function isKnown(kind: string): kind is 'deliver' | 'handIn' | 'takeBack' {
  return kind === 'deliver' || kind === 'handIn' || kind === 'takeBack';
}

function Entry({ entry, onRetry }: { entry: OutboxEntryView; onRetry: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { lastError, lastErrorDetails, state } = entry;
  return (
    <li className={styles.row} data-state={state} data-testid={`outbox-${entry.id}`}>
      <span className={styles.rowState}>{t(STATE[state])}</span>
      <span className={styles.rowMain}>
        {`${isKnown(entry.kind) ? t(`staff.outboxKinds.${entry.kind}`) : entry.kind}　${t('staff.outboxOrder')} ${entry.orderNo}`}
        <small>
          {`${t('staff.outboxSince')} ${moment(entry.createdAt, language)}　${t('staff.outboxAttempts')} ${t('staff.outboxTimes', { count: entry.attempts })}`}
        </small>
        {lastError !== undefined && (
          <small className={styles.rowError}>
            {isErrorCode(lastError)
              ? errorSentence({ code: lastError, details: lastErrorDetails ?? {} }, language)
              : lastError}
          </small>
        )}
      </span>
      {state === 'parked' && (
        <Button data-testid={`retry-${entry.id}`} onClick={onRetry}>
          {t('staff.outboxRetry')}
        </Button>
      )}
    </li>
  );
}
