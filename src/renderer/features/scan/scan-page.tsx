import { BulbOutlined, EditOutlined, PictureOutlined, ScanOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionAt } from '../../state/station-store.ts';
import { Page, type PageAction } from '../../ui/page.tsx';
import { CameraScan } from './camera-scan.tsx';
import { PictureScan } from './picture-scan.tsx';
import styles from './scan-page.module.css';
import { submitCode } from './submit-code.ts';
import { Tutorial } from './tutorial.tsx';
import { TypedCode } from './typed-code.tsx';
import { useHandScanner } from './use-hand-scanner.ts';

type Method = 'camera' | 'picture' | 'typed';

const LEAD = { camera: 'scan.lead', picture: 'scan.leadPicture', typed: 'scan.leadTyped' } as const;

/** 识别学信网图像采集码: by camera, from a picture, typed or with a hand scanner. */
export default function ScanPage(_: { session: SessionAt<'scanCode'> }) {
  const { t } = useTranslation();
  const [method, setMethod] = useState<Method>('camera');
  const [typed, setTyped] = useState('');
  const [learning, setLearning] = useState(false);
  useHandScanner((text) => submitCode(text, 'typed'));
  const recognise: PageAction = {
    id: 'submit-code',
    label: t('scan.typedSubmit'),
    onPress: () => submitCode(typed, 'typed'),
    disabled: typed.trim() === '',
  };
  return (
    <Page
      back
      lead={t(LEAD[method])}
      note={t('scan.wedgeNote')}
      primary={method === 'typed' ? recognise : undefined}
      step="scanCode"
      title={t('scan.title')}
    >
      <div className={styles.columns} data-method={method}>
        <div className={styles.stage}>
          {method === 'camera' && <CameraScan />}
          {method === 'picture' && <PictureScan />}
          {method === 'typed' && (
            <TypedCode onChange={setTyped} onEnter={recognise.onPress} text={typed} />
          )}
        </div>
        <Methods method={method} onChoose={setMethod} onLearn={() => setLearning(true)} />
      </div>
      <Tutorial onClose={() => setLearning(false)} open={learning} />
    </Page>
  );
}

type MethodsProps = {
  method: Method;
  onChoose: (method: Method) => void;
  onLearn: () => void;
};

function Methods({ method, onChoose, onLearn }: MethodsProps) {
  const { t } = useTranslation();
  const entry = (id: Method, icon: ReactNode, name: string, detail: string) => (
    <button
      aria-pressed={method === id}
      className={styles.method}
      data-testid={`method-${id}`}
      onClick={() => onChoose(id)}
      type="button"
    >
      <span className={styles.methodIcon}>{icon}</span>
      <span className={styles.methodName}>{name}</span>
      <span className={styles.methodDetail}>{detail}</span>
    </button>
  );
  return (
    <aside className={styles.side}>
      <div className={styles.methods}>
        {entry('camera', <ScanOutlined />, t('scan.methodCamera'), t('scan.methodCameraDetail'))}
        {entry(
          'picture',
          <PictureOutlined />,
          t('scan.methodPicture'),
          t('scan.methodPictureDetail'),
        )}
        {entry('typed', <EditOutlined />, t('scan.methodTyped'), t('scan.methodTypedDetail'))}
      </div>
      <section className={styles.advice}>
        <h2 className={styles.adviceTitle}>
          <BulbOutlined /> {t('scan.unreadableTitle')}
        </h2>
        <ul>
          <li>{t('scan.unreadable1')}</li>
          <li>{t('scan.unreadable2')}</li>
          <li>{t('scan.unreadable3')}</li>
        </ul>
      </section>
      <Button data-testid="open-tutorial" onClick={onLearn} size="large" type="link">
        {t('scan.noCode')}
      </Button>
    </aside>
  );
}
