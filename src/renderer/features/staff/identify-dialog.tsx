import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandResponse } from '../../../shared/index.ts';
import { ask, dismissFailure, showFailure } from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ScreenKeyboard } from '../../ui/screen-keyboard.tsx';
import styles from './queue-desk.module.css';
import { FoundPeople, SearchField } from './roster-search-dialog.tsx';
import { StaffFailure } from './staff-failure.tsx';

type IdentifyDialogProps = { readonly onClose: () => void; readonly onDone: () => void };

const LEAST = 2;

/** Finds who stands before the screen in the roster that is kept for days without a network. */
export function IdentifyDialog({ onClose, onDone }: IdentifyDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [found, setFound] = useState<CommandResponse<'staff.offlineSearch'>>();
  const ready = [...text.trim()].length >= LEAST;
  const change = (next: string) => {
    setText(next);
    setFound(undefined);
  };
  const search = async () => {
    if (!ready) return;
    dismissFailure();
    const answer = await ask('staff.offlineSearch', { text: text.trim() });
    if (answer.ok) setFound(answer.value);
    else showFailure(answer.error);
  };
  const identify = async (entryId: string) => {
    const identified = await ask('staff.identify', { entryId });
    if (identified.ok) return onDone();
    showFailure(identified.error);
  };
  return (
    <Dialog onClose={onClose} open testId="identify-dialog" title={t('staff.offline.find')} wide>
      <div className={styles.search}>
        <p className={styles.quiet}>{t('staff.offline.findLead')}</p>
        <StaffFailure />
        <div className={styles.ask}>
          <SearchField
            hint={t('staff.offline.findHint')}
            onChange={change}
            onEnter={() => void search()}
            value={text}
          />
          <Button
            data-testid="search-roster"
            disabled={!ready}
            onClick={() => void search()}
            size="large"
            type="primary"
          >
            {t('staff.queue.searchNow')}
          </Button>
        </div>
        {found ? (
          <FoundPeople
            found={found}
            nobody={t('staff.offline.nobodyFound')}
            onPick={({ entryId }) => void identify(entryId)}
            pick={t('staff.offline.pick')}
          />
        ) : (
          <div className={styles.keys}>
            <ScreenKeyboard
              onCharacter={(character) => change(text + character)}
              onErase={() => change(text.slice(0, -1))}
            />
          </div>
        )}
      </div>
    </Dialog>
  );
}
