import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
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
      <Dialog
        actions={
          <>
            <Button data-testid="cancel-order-keep" onClick={() => setAsking(false)} size="large">
              {t('orderDetail.cancelKeep')}
            </Button>
            <Button
              danger
              data-testid="cancel-order-confirm"
              onClick={cancel}
              size="large"
              type="primary"
            >
              {t('orderDetail.cancelConfirm')}
            </Button>
          </>
        }
        closable={false}
        onClose={() => setAsking(false)}
        open={asking}
        testId="cancel-order-question"
        title={t('orderDetail.cancelTitle')}
      >
        <p>{t('orderDetail.cancelDetail')}</p>
      </Dialog>
    ),
  };
}
