import { LockOutlined, UserOutlined } from '@ant-design/icons';
import type { StaffMember } from '@gradshot/contract';
import type { Failure } from '@gradshot/domain';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { EntrancePage } from './entrance-page.tsx';

type Credentials = { readonly account: string; readonly password: string };

type LoginPageProps = {
  /** Somebody was logged in until just now. */
  readonly lost: boolean;
  readonly onEntered: (staff: StaffMember) => void;
};

export function LoginPage({ lost, onEntered }: LoginPageProps) {
  const { t, explain } = useLanguage();
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const enter = async (body: Credentials) => {
    setBusy(true);
    const answer = await client.call('loginStaff', { body });
    setBusy(false);
    if (answer.ok) onEntered(answer.value.staff);
    else setFailure(answer.error);
  };
  return (
    <EntrancePage title={t.login.title} lead={t.login.lead}>
      {failure ? <Alert type="error" showIcon title={explain(failure)} /> : null}
      {lost && !failure ? <Alert type="warning" showIcon title={t.login.sessionEnded} /> : null}
      <Form<Credentials> layout="vertical" requiredMark={false} onFinish={enter}>
        <Form.Item
          name="account"
          label={t.login.account}
          rules={[{ required: true, message: t.login.accountNeeded }]}
        >
          <Input size="large" prefix={<UserOutlined />} autoFocus autoComplete="username" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t.login.password}
          rules={[{ required: true, message: t.login.passwordNeeded }]}
        >
          <Input.Password size="large" prefix={<LockOutlined />} autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" size="large" htmlType="submit" block loading={busy}>
          {t.login.enter}
        </Button>
      </Form>
    </EntrancePage>
  );
}
