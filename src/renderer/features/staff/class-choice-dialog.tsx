import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classTitle, type RosterClassView } from '../../../shared/index.ts';
import { ask, dismissFailure, send, showFailure, useBusy } from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './queue-desk.module.css';
import { StaffFailure } from './staff-failure.tsx';

type ClassChoiceProps = { readonly onClose: () => void; readonly onOpened: () => void };

/** Which class this lane takes next. */
export function ClassChoiceDialog({ onClose, onOpened }: ClassChoiceProps) {
  const { t } = useTranslation();
  const busy = useBusy();
  const [classes, setClasses] = useState<readonly RosterClassView[]>();
  const [text, setText] = useState('');
  useEffect(() => {
    void ask('staff.classes', {}).then((answer) => {
      if (answer.ok) setClasses(answer.value);
      else showFailure(answer.error);
    });
  }, []);
  const several = new Set(classes?.map(({ batchId }) => batchId)).size > 1;
  const open = async ({ batchId, college, className }: RosterClassView) => {
    dismissFailure();
    const opened = await send('staff.openClass', { batchId, college, className });
    if (opened.ok) onOpened();
  };
  const shown = classes?.filter((one) => classTitle(one).includes(text.trim()));
  return (
    <Dialog onClose={onClose} open testId="class-choice" title={t('staff.classes.choose')} wide>
      <div className={styles.search}>
        <StaffFailure />
        <Input
          allowClear
          aria-label={t('staff.classes.filter')}
          autoComplete="off"
          data-testid="class-filter"
          onChange={(event) => setText(event.target.value)}
          placeholder={t('staff.classes.filter')}
          size="large"
          value={text}
        />
        <div className={styles.found} role="status">
          {shown?.length === 0 && (
            <p className={styles.notice} data-testid="no-classes">
              {classes?.length === 0 ? t('staff.classes.none') : t('staff.classes.noneSo')}
            </p>
          )}
          <ul className={styles.rows}>
            {shown?.map((one, index) => (
              <li className={styles.row} key={`${one.batchId} ${classTitle(one)}`}>
                <span className={styles.rowName}>
                  {classTitle(one) || t('staff.classes.nameless')}
                  <small>
                    {[several && one.batchName, t('staff.classes.people', { count: one.people })]
                      .filter(Boolean)
                      .join(' · ')}
                  </small>
                </span>
                <Button
                  aria-label={`${t('staff.classes.open')} ${classTitle(one)}`}
                  data-testid={`open-class-${index}`}
                  disabled={busy}
                  onClick={() => void open(one)}
                  type="primary"
                >
                  {t('staff.classes.open')}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Dialog>
  );
}
