import { VideoCameraOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Camera, cameraName } from './camera-choice.ts';

type CameraChooserProps = {
  readonly cameras: readonly Camera[];
  /** The open one. */
  readonly cameraId: string | undefined;
  readonly onChoose: (cameraId: string) => void;
};

/** Shown only where there is a choice. */
export function CameraChooser({ cameras, cameraId, onChoose }: CameraChooserProps) {
  const { t } = useTranslation();
  if (cameras.length < 2) return null;
  return (
    <Select
      aria-label={t('camera.chooser')}
      data-testid="camera-chooser"
      onChange={onChoose}
      options={cameras.map((each) => ({ value: each.id, label: cameraName(each, cameras) }))}
      prefix={<VideoCameraOutlined />}
      size="large"
      style={{ width: '100%' }}
      value={cameraId ?? null}
    />
  );
}
