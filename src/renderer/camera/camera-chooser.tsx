import { VideoCameraOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Camera } from './camera-choice.ts';

type CameraChooserProps = {
  readonly cameras: readonly Camera[];
  readonly label: string;
  readonly onChoose: (label: string) => void;
};

/** Shown only where there is a choice. */
export function CameraChooser({ cameras, label, onChoose }: CameraChooserProps) {
  const { t } = useTranslation();
  if (cameras.length < 2) return null;
  return (
    <Select
      aria-label={t('camera.chooser')}
      data-testid="camera-chooser"
      onChange={onChoose}
      options={cameras.map((camera) => ({ value: camera.label, label: camera.label }))}
      prefix={<VideoCameraOutlined />}
      size="large"
      style={{ width: '100%' }}
      value={label}
    />
  );
}
