import type { KeptPerson } from '@gradshot/contract';
import { useLanguage } from '../../i18n/language.tsx';
import styles from './import-page.module.css';

/** Whom nothing was done to, and why. */
export function KeptPeople({ people }: { people: readonly KeptPerson[] }) {
  const { t } = useLanguage();
  return (
    <ul className={styles.notes}>
      {people.map(({ studentNumber, maskedName, reason }) => (
        <li key={studentNumber}>
          <span className="num">{studentNumber}</span> {maskedName}：
          {t.rosterImport.keptFor[reason]}
        </li>
      ))}
    </ul>
  );
}
