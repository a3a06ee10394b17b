import type { StaffMember } from '@gradshot/contract';
import { mayGrant, STAFF_ROLES, type StaffRole } from '@gradshot/domain';
import { useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, Input, Modal, Select, Switch } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import page from '../../ui/page.module.css';
import { useNotify } from '../../ui/use-notify.ts';
import { useBatches } from '../batches/batch-queries.ts';
import styles from './staff-dialog.module.css';

/** As the contract asks. */
const MIN_PASSWORD = 10;

type Fields = {
  readonly account: string;
  readonly name: string;
  readonly roles: StaffRole[];
  readonly schools?: string[] | null;
  readonly enabled: boolean;
  readonly password?: string;
};

type StaffDialogProps = {
  /** Undefined: a new one. */
  readonly member: StaffMember | undefined;
  readonly onClose: () => void;
};

export function StaffDialog({ member, onClose }: StaffDialogProps) {
  const { t } = useLanguage();
  const notify = useNotify();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  // One id for this dialog: saving twice makes one member.
  const [staffId] = useState(() => member?.staffId ?? crypto.randomUUID());
  const save = async ({ password, schools, ...fields }: Fields) => {
    setBusy(true);
    const kept = schools?.length ? schools : null;
    const body = { ...fields, schools: kept, ...(password ? { password } : {}) };
    const answer = await client.call('saveStaff', { params: { staffId }, body });
    setBusy(false);
    if (!answer.ok) return notify.failed(answer.error);
    void queries.invalidateQueries({ queryKey: ['staff'] });
    notify.success(t.common.saved);
    onClose();
  };
  const needed = [{ required: true, whitespace: true, message: t.staff.needed }];
  return (
    <Modal
      open
      title={member ? t.staff.edit : t.staff.add}
      onCancel={onClose}
      confirmLoading={busy}
      okText={t.common.save}
      okButtonProps={{ htmlType: 'submit', form: 'staff-member' }}
    >
      <Form<Fields>
        id="staff-member"
        layout="vertical"
        requiredMark={false}
        initialValues={member ?? { roles: ['reviewer'], enabled: true }}
        onFinish={save}
        autoComplete="off"
      >
        <Form.Item name="account" label={t.staff.account} rules={needed}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="name" label={t.staff.name} rules={needed}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="roles"
          label={t.staff.roles}
          rules={[{ required: true, message: t.staff.needed }]}
        >
          <RoleChoice />
        </Form.Item>
        <SchoolsItem />
        <Form.Item
          name="password"
          label={member ? t.staff.newPassword : t.staff.password}
          extra={t.staff.passwordLead}
          rules={[{ required: !member, min: MIN_PASSWORD, message: t.login.tooShort }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="enabled" label={t.staff.enabled} valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
    </Modal>
  );
}

type RoleChoiceProps = {
  readonly value?: StaffRole[];
  readonly onChange?: (roles: StaffRole[]) => void;
};

/** Empty: every school. Whoever is kept to schools keeps others to some of them. */
function SchoolsItem() {
  const { t } = useLanguage();
  const own = useStaff();
  const schools = useBatches().data?.schools ?? [];
  return (
    <Form.Item
      name="schools"
      label={t.staff.schools}
      extra={t.staff.schoolsLead}
      rules={[{ required: own.schools !== null, message: t.staff.needed }]}
    >
      <Select
        mode="multiple"
        placeholder={own.schools === null ? t.staff.everySchool : t.staff.needed}
        optionFilterProp="label"
        options={schools.map(({ code, name }) => ({ value: code, label: name }))}
      />
    </Form.Item>
  );
}

/** `value` and `onChange` come from the form. */
function RoleChoice({ value = [], onChange }: RoleChoiceProps) {
  const { t } = useLanguage();
  const own = useStaff();
  return (
    <Checkbox.Group
      className={styles.roles ?? ''}
      value={value}
      onChange={(roles) => onChange?.(roles as StaffRole[])}
    >
      {STAFF_ROLES.filter((role) => mayGrant(own.roles, [role])).map((role) => (
        <div key={role}>
          <Checkbox value={role}>{t.roles[role]}</Checkbox>
          <span className={page.lead}>{t.staff.rolesLead[role]}</span>
        </div>
      ))}
    </Checkbox.Group>
  );
}
