import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type UsbDeviceView, usbKindText } from '../../../shared/index.ts';
import { ask, dismissFailure, showFailure } from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogAnswers } from '../../ui/dialog-answers.tsx';
import { useLanguage } from '../../ui/use-language.ts';
import { StaffFailure } from './staff-failure.tsx';
import styles from './staff-page.module.css';

type UsbDevicesDialogProps = { readonly onClose: () => void; readonly onRemembered: () => void };

/** 记住当前设备: staff see what is plugged in before it becomes what is expected. */
export function UsbDevicesDialog({ onClose, onRemembered }: UsbDevicesDialogProps) {
  const { t } = useTranslation();
  const [devices, setDevices] = useState<readonly UsbDeviceView[]>();
  const [saving, setSaving] = useState(false);
  useEffect(() => {
    dismissFailure();
    void ask('staff.usbDevices', {}).then((found) =>
      found.ok ? setDevices(found.value) : showFailure(found.error),
    );
  }, []);
  const remember = async () => {
    dismissFailure();
    setSaving(true);
    const remembered = await ask('staff.rememberUsbDevices', {});
    setSaving(false);
    if (remembered.ok) onRemembered();
    else showFailure(remembered.error);
  };
  return (
    <Dialog
      actions={
        <DialogAnswers
          confirm={{
            id: 'remember-devices-now',
            label: t('staff.usb.remember'),
            onPress: () => void remember(),
            disabled: !devices,
            busy: saving,
          }}
          onCancel={onClose}
        />
      }
      onClose={onClose}
      open
      testId="usb-devices"
      title={t('staff.usb.remember')}
      wide
    >
      <p className={styles.quiet}>{t('staff.usb.lead')}</p>
      {devices && <DeviceTable devices={devices} />}
      <StaffFailure />
    </Dialog>
  );
}

function DeviceTable({ devices }: { devices: readonly UsbDeviceView[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (devices.length === 0) return <p className={styles.noDevices}>{t('staff.usb.none')}</p>;
  return (
    <ul className={styles.devices} data-testid="usb-device-list">
      {devices.map(({ kind, name }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two of a model have nothing else apart
        <li className={styles.device} key={index}>
          <span className={styles.deviceKind}>{usbKindText(kind, language)}</span>
          <span className={styles.deviceName}>{name}</span>
        </li>
      ))}
    </ul>
  );
}
