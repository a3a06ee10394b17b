import { Modal } from 'antd';
import { useSessionActions } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { useNotify } from '../../ui/use-notify.ts';
import { PasswordForm } from './password-form.tsx';

export function PasswordDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useLanguage();
  const notify = useNotify();
  const { entered } = useSessionActions();
  return (
    <Modal open={open} title={t.nav.password} footer={null} onCancel={onClose} destroyOnHidden>
      <PasswordForm
        onChanged={(staff) => {
          entered(staff);
          notify.success(t.login.changed);
          onClose();
        }}
      />
    </Modal>
  );
}
