import type { StaffMember } from '@gradshot/contract';
import { useLanguage } from '../../i18n/language.tsx';
import { EntrancePage } from './entrance-page.tsx';
import { PasswordForm } from './password-form.tsx';

type NewPasswordPageProps = {
  readonly staff: StaffMember;
  readonly onChanged: (staff: StaffMember) => void;
};

/** Nobody works with a password that somebody else has chosen. */
export function NewPasswordPage({ staff, onChanged }: NewPasswordPageProps) {
  const { t } = useLanguage();
  return (
    <EntrancePage title={staff.name} lead={t.login.mustChange}>
      <PasswordForm onChanged={onChanged} />
    </EntrancePage>
  );
}
