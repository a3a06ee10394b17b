import { InboxOutlined } from '@ant-design/icons';
import type { Failure, Result } from '@gradshot/domain';
import { Alert, Drawer, Spin, Upload } from 'antd';
import { type ReactNode, useState } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import page from '../../ui/page.module.css';
import styles from './import-drawer.module.css';

type Step<Outcome> =
  | { readonly step: 'choose'; readonly failure?: Failure | 'tooLarge' }
  | { readonly step: 'busy'; readonly importing: boolean }
  | { readonly step: 'checked'; readonly file: File; readonly result: Outcome };

export type AfterCheck = {
  readonly onImport: () => void;
  readonly onAgain: () => void;
  readonly onClose: () => void;
};

export type ImportTexts = {
  readonly title: string;
  readonly lead: string;
  readonly rule: string;
  readonly tooLarge: string;
  readonly drop: string;
  readonly dropLead: string;
};

type ImportDrawerProps<Outcome> = {
  readonly texts: ImportTexts;
  /** File name endings, as an input's `accept`. */
  readonly accept: string;
  readonly maxBytes: number;
  readonly send: (file: File, dryRun: boolean) => Promise<Result<Outcome>>;
  /** What is shown of a file that was checked or imported. */
  readonly show: (result: Outcome, after: AfterCheck) => ReactNode;
  readonly onImported: () => void;
  readonly onClose: () => void;
};

/** A file comes in: checked first, shown with what does not fit, then imported. */
export function ImportDrawer<Outcome extends { readonly imported: boolean }>(
  props: ImportDrawerProps<Outcome>,
) {
  const { texts, maxBytes, send, show, onImported, onClose } = props;
  const { t } = useLanguage();
  const [step, setStep] = useState<Step<Outcome>>({ step: 'choose' });
  const bring = async (file: File, dryRun: boolean) => {
    if (file.size > maxBytes) return setStep({ step: 'choose', failure: 'tooLarge' });
    setStep({ step: 'busy', importing: !dryRun });
    const answer = await send(file, dryRun);
    if (!answer.ok) return setStep({ step: 'choose', failure: answer.error });
    setStep({ step: 'checked', file, result: answer.value });
    if (answer.value.imported) onImported();
  };
  return (
    <Drawer open size={720} title={texts.title} onClose={onClose}>
      {step.step === 'choose' ? (
        <Choose
          texts={texts}
          accept={props.accept}
          failure={step.failure}
          onFile={(file) => void bring(file, true)}
        />
      ) : null}
      {step.step === 'busy' ? (
        <Spin
          className={styles.busy ?? ''}
          description={step.importing ? t.batches.importing : t.batches.checking}
        >
          <div className={styles.room} />
        </Spin>
      ) : null}
      {step.step === 'checked' ? (
        <div className={styles.stack}>
          {show(step.result, {
            onImport: () => void bring(step.file, false),
            onAgain: () => setStep({ step: 'choose' }),
            onClose,
          })}
        </div>
      ) : null}
    </Drawer>
  );
}

type ChooseProps = {
  readonly texts: ImportTexts;
  readonly accept: string;
  readonly failure: Failure | 'tooLarge' | undefined;
  readonly onFile: (file: File) => void;
};

function Choose({ texts, accept, failure, onFile }: ChooseProps) {
  const { explain } = useLanguage();
  return (
    <div className={styles.stack}>
      <p>{texts.lead}</p>
      <p className={page.lead}>{texts.rule}</p>
      {failure ? (
        <Alert
          type="error"
          showIcon
          title={failure === 'tooLarge' ? texts.tooLarge : explain(failure)}
        />
      ) : null}
      <Upload.Dragger
        accept={accept}
        maxCount={1}
        showUploadList={false}
        beforeUpload={(file) => {
          onFile(file);
          return false;
        }}
      >
        <p className={styles.icon}>
          <InboxOutlined />
        </p>
        <p>{texts.drop}</p>
        <p className={page.lead}>{texts.dropLead}</p>
      </Upload.Dragger>
    </div>
  );
}
