import { PrinterOutlined, SaveOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type ClassListView, classTitle, ABSENTEES_TEXT as TEXT } from '../../../shared/index.ts';
import { send } from '../../state/station-store.ts';
import { day } from '../../ui/amounts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { download } from '../../ui/download.ts';
import { useLanguage } from '../../ui/use-language.ts';
import styles from './class-desk.module.css';

type AbsenteesProps = { readonly list: ClassListView; readonly onClose: () => void };

/** Who is absent, to print and to save for the class teacher. */
export function AbsenteesDialog({ list, onClose }: AbsenteesProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const absent = list.people.filter(({ state }) => state === 'absent');
  const save = async () => {
    const result = await send('staff.saveAbsentees', {});
    if (result.ok && result.value.outcome === 'given')
      download(result.value.fileName, result.value.text, 'text/csv');
  };
  return (
    <Dialog onClose={onClose} open testId="absentees" title={TEXT.title[language]} wide>
      <div className={styles.tools}>
        <Button
          data-testid="print-absentees"
          icon={<PrinterOutlined />}
          onClick={() => window.print()}
          size="large"
        >
          {t('staff.print')}
        </Button>
        <Button
          data-testid="save-absentees"
          icon={<SaveOutlined />}
          onClick={() => void save()}
          size="large"
        >
          {t('staff.saveTable')}
        </Button>
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
