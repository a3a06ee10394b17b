import type { ConsoleStation } from '@gradshot/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Modal } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { useNotify } from '../../ui/use-notify.ts';
import { ReasonForm } from './reason-form.tsx';
import styles from './stations-page.module.css';

type StationDialogProps = { readonly station: ConsoleStation; readonly onClose: () => void };

/** Asks for a reason, and says what becomes of the photos that the station still holds. */
export function StationDialog({ station, onClose }: StationDialogProps) {
  const { t } = useLanguage();
  const notify = useNotify();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const { stationId, name, school, disabledAt, outboxLength, parked } = station;
  const enabling = disabledAt !== undefined;
  const unsent = outboxLength + parked;
  const send = async ({ reason }: { reason: string }) => {
    setBusy(true);
    const input = { params: { stationId }, body: { reason } };
    const answer = enabling
      ? await client.call('enableStation', input)
      : await client.call('disableStation', input);
    setBusy(false);
    void queries.invalidateQueries({ queryKey: ['stations'] });
    void queries.invalidateQueries({ queryKey: ['dashboard'] });
    if (!answer.ok) return notify.failed(answer.error);
    notify.success(enabling ? t.stations.nowEnabled : t.stations.nowDisabled);
    onClose();
  };
  const action = enabling ? t.stations.enable : t.stations.disable;
  return (
    <Modal
      open
      title={`${action} · ${name}（${school}）`}
      onCancel={onClose}
      confirmLoading={busy}
      okText={action}
      okButtonProps={{ htmlType: 'submit', form: 'station-change', danger: !enabling }}
    >
      <div className={styles.lead}>
        <p>{enabling ? t.stations.enableLead : t.stations.disableLead}</p>
        {!enabling && unsent > 0 ? (
          <Alert type="warning" showIcon title={t.stations.unsent(unsent)} />
        ) : null}
      </div>
      <ReasonForm id="station-change" onReason={send} />
    </Modal>
  );
}
