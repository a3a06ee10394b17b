import type { StaffMember } from '@gradshot/contract';
import type { Failure } from '@gradshot/domain';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';

/** As the contract asks. */
const MIN_LENGTH = 10;

type Fields = { readonly current: string; readonly next: string; readonly repeat: string };

export function PasswordForm({ onChanged }: { onChanged: (staff: StaffMember) => void }) {
  const { t, explain } = useLanguage();
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const change = async ({ current, next }: Fields) => {
    setBusy(true);
    const answer = await client.call('changePassword', { body: { current, next } });
    setBusy(false);
    if (answer.ok) onChanged(answer.value);
    else setFailure(answer.error);
  };
  return (
    <Form<Fields> layout="vertical" requiredMark={false} onFinish={change}>
      {failure ? <Alert type="error" showIcon title={explain(failure)} /> : null}
      <Form.Item name="current" label={t.login.current} rules={[{ required: true, message: ' ' }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="next"
        label={t.login.next}
        rules={[{ required: true, min: MIN_LENGTH, message: t.login.tooShort }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="repeat"
        label={t.login.repeat}
        dependencies={['next']}
        rules={[
          ({ getFieldValue }) => ({
            validator: async (_, value) => {
              if (value !== getFieldValue('next')) throw new Error(t.login.differs);
            },
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy}>
        {t.login.change}
      </Button>
    </Form>
  );
}
