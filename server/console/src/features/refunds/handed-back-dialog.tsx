import type { Failure } from '@gradshot/domain';
import { Alert, Form, Input, Modal } from 'antd';
import { useLanguage } from '../../i18n/language.tsx';
import styles from './refund-dialogs.module.css';

type HandedBackProps = {
  readonly title: string;
  readonly lead: string;
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  readonly onClose: () => void;
  readonly onSaid: (said: { readonly reference: string; readonly note: string }) => void;
};

const FORM = 'handed-back';

/** That money went back by hand, and by what number it can be found again. */
export function HandedBackDialog({ title, lead, busy, failure, onClose, onSaid }: HandedBackProps) {
  const { t, explain } = useLanguage();
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      confirmLoading={busy}
      okText={t.common.save}
      okButtonProps={{ htmlType: 'submit', form: FORM }}
    >
      <p className={styles.lead}>{lead}</p>
      {failure ? <Alert type="error" showIcon title={explain(failure)} /> : null}
      <Form
        id={FORM}
        layout="vertical"
        requiredMark={false}
        onFinish={({ reference, note = '' }: { reference: string; note?: string }) =>
          onSaid({ reference, note })
        }
      >
        <Form.Item
          name="reference"
          label={t.refunds.reference}
          extra={t.refunds.referenceLead}
          rules={[{ required: true, whitespace: true, min: 2, message: t.refunds.referenceNeeded }]}
        >
          <Input autoFocus maxLength={60} />
        </Form.Item>
        <Form.Item name="note" label={t.refunds.note}>
          <Input maxLength={80} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
