import { useTranslation } from 'react-i18next';
import { type ClassListView, classTitle, ABSENTEES_TEXT as TEXT } from '../../../shared/index.ts';
import { send } from '../../state/station-store.ts';
import { day } from '../../ui/amounts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useLanguage } from '../../ui/use-language.ts';
import styles from './class-desk.module.css';
import { PrintAndSave } from './print-and-save.tsx';

type AbsenteesProps = { readonly list: ClassListView; readonly onClose: () => void };

/** Who is absent, to print and to save for the class teacher. */
export function AbsenteesDialog({ list, onClose }: AbsenteesProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const absent = list.people.filter(({ state }) => state === 'absent');
  return (
    <Dialog onClose={onClose} open testId="absentees" title={TEXT.title[language]} wide>
      <div className={styles.tools}>
        <PrintAndSave
          id="absentees"
          onPrint={() => window.print()}
          save={() => send('staff.saveAbsentees', {})}
        />
      </div>
      <article className={styles.sheet}>
        <h3>{`${TEXT.title[language]} · ${classTitle(list)}`}</h3>
        <p>{`${day(list.loadedAt, language)} · ${t('staff.classes.absentCount', { count: absent.length })}`}</p>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{TEXT.name[language]}</th>
              <th scope="col">{TEXT.studentNumberEnd[language]}</th>
            </tr>
          </thead>
          <tbody>
            {absent.map(({ entryId, maskedName, studentNumberEnd }) => (
              <tr key={entryId}>
                <td>{maskedName}</td>
                <td>{studentNumberEnd}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </article>
    </Dialog>
  );
}
