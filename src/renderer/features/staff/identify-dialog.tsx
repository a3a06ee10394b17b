import { useTranslation } from 'react-i18next';
import { ask, showFailure } from '../../state/station-store.ts';
import { PeopleSearchDialog } from './people-search-dialog.tsx';
import styles from './queue-desk.module.css';

type IdentifyDialogProps = { readonly onClose: () => void; readonly onDone: () => void };

/** Finds who stands before the screen in the roster that is kept for days without a network. */
export function IdentifyDialog({ onClose, onDone }: IdentifyDialogProps) {
  const { t } = useTranslation();
  const identify = async (entryId: string) => {
    const identified = await ask('staff.identify', { entryId });
    if (identified.ok) return onDone();
    showFailure(identified.error);
  };
  return (
    <PeopleSearchDialog
      hint={t('staff.offline.findHint')}
      nobody={t('staff.offline.nobodyFound')}
      onClose={onClose}
      onPick={({ entryId }) => void identify(entryId)}
      pick={t('staff.offline.pick')}
      search={(text) => ask('staff.offlineSearch', { text })}
      testId="identify-dialog"
      title={t('staff.offline.find')}
    >
      <p className={styles.quiet}>{t('staff.offline.findLead')}</p>
    </PeopleSearchDialog>
  );
}
