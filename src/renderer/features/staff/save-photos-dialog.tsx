import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedPart } from '../../../shared/index.ts';
import { ask, dismissFailure, showFailure } from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { download } from '../../ui/download.ts';
import styles from './photo-stick.module.css';
import { StaffFailure } from './staff-failure.tsx';

/** 保存未上传的照片到 U 盘. One file after the other, where there is more than one holds. */
export function SavePhotosDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [parts, setParts] = useState<readonly SavedPart[]>([]);
  const [saving, setSaving] = useState(false);
  const latest = parts.at(-1);
  const isOver = latest !== undefined && !('more' in latest && latest.more);
  const save = async () => {
    dismissFailure();
    setSaving(true);
    const saved = await ask('staff.savePhotos', { part: parts.length + 1 });
    setSaving(false);
    if (!saved.ok) return showFailure(saved.error);
    if (saved.value.outcome === 'cancelled') return;
    if (saved.value.outcome === 'given')
      download(saved.value.fileName, saved.value.data as BlobPart, 'application/octet-stream');
    setParts([...parts, saved.value]);
  };
  return (
    <Dialog
      actions={
        isOver ? (
          <Button data-testid="save-photos-done" onClick={onClose} size="large" type="primary">
            {t('app.close')}
          </Button>
        ) : (
          <Button
            data-testid="save-photos-now"
            loading={saving}
            onClick={() => void save()}
            size="large"
            type="primary"
          >
            {t(parts.length === 0 ? 'staff.stick.saveNow' : 'staff.stick.saveNext')}
          </Button>
        )
      }
      onClose={onClose}
      open
      testId="save-photos-dialog"
      title={t('staff.stick.save')}
      wide
    >
      <div className={styles.body}>
        <p className={styles.lead}>{t('staff.stick.saveLead')}</p>
        <Saved parts={parts} />
        <StaffFailure />
      </div>
    </Dialog>
  );
}

function Saved({ parts }: { parts: readonly SavedPart[] }) {
  const { t } = useTranslation();
  const files = parts.filter((part) => 'fileName' in part);
  const unreadable = parts.reduce((sum, x) => sum + ('unreadable' in x ? x.unreadable : 0), 0);
  const isEmpty = parts.length > 0 && files.length === 0;
  return (
    <div className={styles.notes} data-testid="saved-photos">
      {isEmpty && unreadable === 0 && (
        <p className={styles.note} data-level="pass">
          {t('staff.stick.nothingUnsent')}
        </p>
      )}
      {files.map(({ fileName, photos }) => (
        <p className={styles.note} data-level="pass" key={fileName}>
          {t('staff.stick.saved', { count: photos, fileName })}
        </p>
      ))}
      {files.at(-1)?.more && (
        <p className={styles.note} data-level="warn">
          {t('staff.stick.more')}
        </p>
      )}
      {unreadable > 0 && (
        <p className={styles.note} data-level="fail">
          {t('staff.stick.unreadable', { count: unreadable })}
        </p>
      )}
      {files.some((file) => !file.keyRegistered) && (
        <p className={styles.note} data-level="warn">
          {t('staff.stick.keyMissing')}
        </p>
      )}
    </div>
  );
}
