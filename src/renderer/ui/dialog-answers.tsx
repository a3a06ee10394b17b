import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

type DialogAnswersProps = {
  readonly onCancel: () => void;
  readonly cancelId?: string;
  readonly confirm: {
    readonly id: string;
    readonly label: string;
    readonly onPress: () => void;
    readonly disabled?: boolean;
    /** It is being done. */
    readonly busy?: boolean;
    readonly danger?: boolean;
  };
};

/** 取消, and what the dialog is for. */
export function DialogAnswers({ onCancel, cancelId, confirm }: DialogAnswersProps) {
  const { t } = useTranslation();
  const { id, label, onPress, disabled = false, busy = false, danger = false } = confirm;
  return (
    <>
      <Button data-testid={cancelId} onClick={onCancel} size="large">
        {t('app.cancel')}
      </Button>
      <Button
        danger={danger}
        data-testid={id}
        disabled={disabled}
        loading={busy}
        onClick={onPress}
        size="large"
        type="primary"
      >
        {label}
      </Button>
    </>
  );
}
