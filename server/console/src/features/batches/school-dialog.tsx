import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { useNotify } from '../../ui/use-notify.ts';

type Fields = { readonly schoolCode: string; readonly name: string };

/** A school comes before its batches; the code is the one that 学信网 uses for it. */
export function SchoolDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage();
  const notify = useNotify();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const save = async ({ schoolCode, name }: Fields) => {
    setBusy(true);
    const answer = await client.call('saveSchool', { params: { schoolCode }, body: { name } });
    setBusy(false);
    if (!answer.ok) return notify.failed(answer.error);
    void queries.invalidateQueries({ queryKey: ['batches'] });
    notify.success(t.common.saved);
    onClose();
  };
  const needed = [{ required: true, whitespace: true, message: t.batches.needed }];
  return (
    <Modal
      open
      title={t.batches.addSchool}
      onCancel={onClose}
      confirmLoading={busy}
      okText={t.common.save}
      okButtonProps={{ htmlType: 'submit', form: 'school' }}
    >
      <Form<Fields> id="school" layout="vertical" requiredMark={false} onFinish={save}>
        <Form.Item
          name="schoolCode"
          label={t.batches.schoolCode}
          extra={t.batches.schoolCodeLead}
          rules={needed}
        >
          <Input maxLength={20} autoFocus />
        </Form.Item>
        <Form.Item name="name" label={t.batches.school} rules={needed}>
          <Input maxLength={80} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
