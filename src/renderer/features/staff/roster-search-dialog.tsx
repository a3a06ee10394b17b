import { useTranslation } from 'react-i18next';
import type { CheckedIn, RosterPersonView } from '../../../shared/index.ts';
import { ask, send, useSnapshot } from '../../state/station-store.ts';
import { PeopleSearchDialog } from './people-search-dialog.tsx';
import styles from './queue-desk.module.css';

type RosterSearchDialogProps = {
  readonly onClose: () => void;
  readonly onCheckedIn: (checkedIn: CheckedIn) => void;
};

/** Checks somebody in whose code is not at hand: it is shown when it is their turn. */
export function RosterSearchDialog({ onClose, onCheckedIn }: RosterSearchDialogProps) {
  const { t } = useTranslation();
  const { online } = useSnapshot().connection;
  const checkIn = async ({ entryId }: RosterPersonView) => {
    const result = await send('staff.queueAdd', { entryId });
    if (result.ok) onCheckedIn(result.value);
  };
  return (
    <PeopleSearchDialog
      hint={t('staff.queue.searchHint')}
      nobody={t('staff.queue.nobodyFound')}
      onClose={onClose}
      onPick={(person) => void checkIn(person)}
      pick={t('staff.queue.add')}
      search={(text) => ask('staff.queueSearch', { text })}
      testId="roster-search"
      title={t('staff.queue.search')}
      unable={!online}
    >
      {!online && (
        <p className={styles.notice} data-testid="search-offline">
          {t('staff.queue.searchOffline')}
        </p>
      )}
    </PeopleSearchDialog>
  );
}
