import { OFFLINE_PAYER_TEXT, OFFLINE_PAYERS, type OfflinePayer } from '@gradshot/domain';
import { Modal, Radio, Space, Typography } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { useNotify } from '../../ui/use-notify.ts';

type OfflineDialogProps = {
  readonly batchId: string;
  /** Undefined: switched off. */
  readonly payer: OfflinePayer | undefined;
  readonly onSaved: () => void;
  readonly onClose: () => void;
};

/** Whether the school's stations may take new graduates without a network, and who then pays. */
export function OfflineDialog({ batchId, payer, onSaved, onClose }: OfflineDialogProps) {
  const { t, language } = useLanguage();
  const notify = useNotify();
  const [chosen, setChosen] = useState<OfflinePayer | 'off'>(payer ?? 'off');
  const [busy, setBusy] = useState(false);
  const words = t.roster.offline;
  const leads = { school: words.schoolLead, graduate: words.graduateLead };
  const save = async () => {
    setBusy(true);
    const body = { payer: chosen === 'off' ? null : chosen };
    const answer = await client.call('saveOfflineCollection', { params: { batchId }, body });
    setBusy(false);
    if (!answer.ok) return notify.failed(answer.error);
    notify.success(t.common.saved);
    onSaved();
    onClose();
  };
  return (
    <Modal
      open
      title={words.title}
      onCancel={onClose}
      onOk={() => void save()}
      confirmLoading={busy}
      okText={t.common.save}
    >
      <Typography.Paragraph type="secondary">{words.lead}</Typography.Paragraph>
      <Radio.Group
        value={chosen}
        aria-label={words.title}
        onChange={({ target }) => setChosen(target.value as OfflinePayer | 'off')}
      >
        <Space direction="vertical" size="middle">
          <Choice value="off" label={words.off} lead={words.offLead} />
          {OFFLINE_PAYERS.map((one) => (
            <Choice
              key={one}
              value={one}
              label={OFFLINE_PAYER_TEXT[one][language]}
              lead={leads[one]}
            />
          ))}
        </Space>
      </Radio.Group>
    </Modal>
  );
}

type ChoiceProps = { readonly value: string; readonly label: string; readonly lead: string };

function Choice({ value, label, lead }: ChoiceProps) {
  return (
    <Radio value={value}>
      {label}
      <br />
      <Typography.Text type="secondary">{lead}</Typography.Text>
    </Radio>
  );
}
