import type { ConsoleStation } from '@gradshot/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { useNotify } from '../../ui/use-notify.ts';
import styles from './stations-page.module.css';

/** As the contract asks. */
const MAX_REASON = 200;

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
      <Form id="station-change" layout="vertical" onFinish={send} requiredMark={false}>
        <Form.Item
          name="reason"
          label={t.orders.reason}
          rules={[{ required: true, whitespace: true, message: t.orders.reasonNeeded }]}
        >
          <Input.TextArea autoFocus rows={3} maxLength={MAX_REASON} showCount />
        </Form.Item>
      </Form>
    </Modal>
  );
}
