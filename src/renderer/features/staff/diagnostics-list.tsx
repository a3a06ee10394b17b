import { ExperimentOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiagnosticLine } from '../../../shared/index.ts';
import { probeCamera } from '../../camera/camera-probe.ts';
import {
  ask,
  dismissFailure,
  showFailure,
  useFailure,
  useSnapshot,
} from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { download } from '../../ui/download.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureMessage } from '../../ui/failure-message.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { useSentence } from '../../ui/use-language.ts';
import { compactReport } from './diagnostic-report.ts';
import styles from './staff-page.module.css';
import { UsbDevicesDialog } from './usb-devices-dialog.tsx';

/** 设备自检: numbered lines, to be read out or handed to support. */
export function DiagnosticsList() {
  const { t } = useTranslation();
  const [lines, setLines] = useState<readonly DiagnosticLine[]>();
  const [running, setRunning] = useState(false);
  const [exporting, setExporting] = useState(false);
  const [remembering, setRemembering] = useState(false);
  const run = async () => {
    setRunning(true);
    await probeCamera(navigator.mediaDevices);
    const result = await ask('staff.diagnostics', {});
    setRunning(false);
    if (result.ok) setLines(result.value);
    else showFailure(result.error);
  };
  return (
    <>
      <div className={styles.tools}>
        <Button
          data-testid="run-diagnostics"
          loading={running}
          onClick={() => void run()}
          type="primary"
        >
          {running ? t('staff.runningDiagnostics') : t('staff.runDiagnostics')}
        </Button>
        {lines && (
          <>
            <Button data-testid="export-diagnostics" onClick={() => setExporting(true)}>
              {t('staff.exportDiagnostics')}
            </Button>
            <Button data-testid="remember-devices" onClick={() => setRemembering(true)}>
              {t('staff.usb.remember')}
            </Button>
          </>
        )}
        <p className={styles.quiet}>{t('staff.diagnosticsLead')}</p>
      </div>
      {lines ? (
        <ul className={styles.tests} data-testid="diagnostics">
          {lines.map((line) => (
            <Line key={line.number} line={line} />
          ))}
        </ul>
      ) : (
        <EmptyState icon={<ExperimentOutlined />} title={t('staff.diagnosticsNone')} />
      )}
      {remembering && (
        <UsbDevicesDialog
          onClose={() => setRemembering(false)}
          onRemembered={() => {
            setRemembering(false);
            // What was just remembered is looked at again.
            void run();
          }}
        />
      )}
      {lines && exporting && <Export lines={lines} onClose={() => setExporting(false)} />}
    </>
  );
}

function Line({ line }: { line: DiagnosticLine }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  return (
    <li className={styles.row} data-level={line.level}>
      <span className={styles.rowNumber}>{line.number}</span>
      <span className={styles.rowMain}>
        {sentence(line)}
        <small>{line.code}</small>
      </span>
      <span className={styles.rowLevel}>{t(`staff.level.${line.level}`)}</span>
    </li>
  );
}

/** As a code for a phone's camera, which needs no stick and no port; or as the whole file. */
function Export({ lines, onClose }: { lines: readonly DiagnosticLine[]; onClose: () => void }) {
  const { t } = useTranslation();
  const { version, name } = useSnapshot().station;
  const [saving, setSaving] = useState(false);
  const [saved, setSaved] = useState(false);
  const failure = useFailure();
  const keep = async () => {
    dismissFailure();
    setSaved(false);
    setSaving(true);
    setSaved(await save());
    setSaving(false);
  };
  const station = `${name ?? '-'} ${version}`;
  return (
    <Dialog
      actions={
        <Button
          data-testid="save-diagnostics"
          loading={saving}
          onClick={() => void keep()}
          size="large"
          type="primary"
        >
          {t('staff.saveFile')}
        </Button>
      }
      onClose={onClose}
      open
      testId="diagnostics-export"
      title={t('staff.exportDiagnostics')}
    >
      <QrCode label={t('staff.exportDiagnostics')} text={compactReport(station, lines)} />
      <p className={styles.quiet}>{t(saved ? 'staff.exportSaved' : 'staff.exportScan')}</p>
      {failure && <FailureMessage failure={failure} />}
    </Dialog>
  );
}

/** The station's own file, which knows more than the screen shows. False: it was not saved. */
async function save(): Promise<boolean> {
  const result = await ask('staff.exportDiagnostics', {});
  if (!result.ok) showFailure(result.error);
  if (result.ok && result.value.outcome === 'given')
    download(result.value.fileName, result.value.text, 'application/json');
  return result.ok && result.value.outcome !== 'cancelled';
}
