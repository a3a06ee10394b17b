import { Form, Input } from 'antd';
import { useLanguage } from '../../i18n/language.tsx';

/** As the contract asks. */
const MAX_REASON = 200;

/** Why, as every act on a station is asked; sent by the dialog's button, which names the form. */
export function ReasonForm(props: {
  readonly id: string;
  readonly onReason: (given: { reason: string }) => Promise<void>;
}) {
  const { t } = useLanguage();
  return (
    <Form id={props.id} layout="vertical" onFinish={props.onReason} requiredMark={false}>
      <Form.Item
        name="reason"
        label={t.orders.reason}
        rules={[{ required: true, whitespace: true, message: t.orders.reasonNeeded }]}
      >
        <Input.TextArea autoFocus rows={3} maxLength={MAX_REASON} showCount />
      </Form.Item>
    </Form>
  );
}
