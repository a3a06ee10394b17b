import { CheckCircleFilled, LoadingOutlined, PrinterOutlined } from '@ant-design/icons';
import { errorSentence, glossary } from '@gradshot/domain';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VisitPrintKind, VisitPrintsView } from '../../../shared/index.ts';
import { ask, useSnapshot } from '../../state/station-store.ts';
import { useLanguage } from '../../ui/use-language.ts';
import { printGiven } from './ask-to-print.ts';
import styles from './visit-prints.module.css';

const KINDS = ['receipt', 'sheet'] as const satisfies readonly VisitPrintKind[];
const COMMAND = { receipt: 'print.receipt', sheet: 'print.sheet' } as const;
type Print = NonNullable<VisitPrintsView[VisitPrintKind]>;

/** 打印凭条 and 打印排版照, where staff have chosen a printer: to be pressed or left, as one likes. */
export function VisitPrints() {
  const prints = useSnapshot().prints ?? {};
  const shown = KINDS.flatMap((kind) => (prints[kind] ? [{ kind, print: prints[kind] }] : []));
  if (shown.length === 0) return null;
  return (
    <div className={styles.prints} data-testid="visit-prints">
      {shown.map(({ kind, print }) => (
        <OnePrint kind={kind} key={kind} print={print} />
      ))}
    </div>
  );
}

function OnePrint({ kind, print }: { kind: VisitPrintKind; print: Print }) {
  const { t } = useTranslation();
  return (
    <div className={styles.print} data-state={print.state} data-testid={`prints-${kind}`}>
      {print.state === 'running' && (
        <p className={styles.running} role="status">
          <LoadingOutlined />
          {t('print.running')}
        </p>
      )}
      {print.state === 'handedOver' && (
        <p className={styles.done} role="status">
          <CheckCircleFilled />
          {t(`print.done.${kind}`)}
        </p>
      )}
      {(print.state === 'offered' || print.state === 'failed') && (
        <Press again={print.state === 'failed'} kind={kind} />
      )}
      {print.state === 'failed' && <Why print={print} />}
    </div>
  );
}

/** One asks and the page stays as it is: a job holds up nobody. */
function Press({ kind, again }: { kind: VisitPrintKind; again: boolean }) {
  const { t } = useTranslation();
  return (
    <Button
      className={styles.button ?? ''}
      data-testid={`print-${kind}`}
      icon={<PrinterOutlined />}
      onClick={() => void printGiven(ask(COMMAND[kind], {}))}
      size="large"
    >
      {t(again ? `print.retry.${kind}` : `print.ask.${kind}`)}
    </Button>
  );
}

function Why({ print }: { print: Extract<Print, { state: 'failed' }> }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const sentence = errorSentence(print.failure, language);
  // Of a printer a graduate knows nothing: whatever it is, staff are near.
  const calls = sentence.includes(glossary.staff[language].toLowerCase());
  return (
    <p className={styles.why} role="alert">
      {calls ? sentence : `${sentence}${t('print.callStaff')}`}
    </p>
  );
}
