import { Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../../state/station-store.ts';
import type { PageAction } from '../../ui/page.tsx';

/** 取消订单, asked twice: the graduate cannot undo it. */
export function useCancelOrder(): { action: PageAction; dialog: ReactNode } {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const cancel = () => {
    setAsking(false);
    void send('session.cancelOrder', {});
  };
  return {
    action: {
      id: 'cancel-order',
      label: t('orderDetail.cancelOrder'),
      onPress: () => setAsking(true),
    },
    dialog: (
      <Modal
        cancelButtonProps={{ size: 'large' }}
        cancelText={t('orderDetail.cancelKeep')}
        centered
        closable={false}
        okButtonProps={{ 'data-testid': 'cancel-order-confirm', danger: true, size: 'large' }}
        okText={t('orderDetail.cancelConfirm')}
        onCancel={() => setAsking(false)}
        onOk={cancel}
        open={asking}
        title={t('orderDetail.cancelTitle')}
        width="42rem"
      >
        <p>{t('orderDetail.cancelDetail')}</p>
      </Modal>
    ),
  };
}
