import { i18n } from '../../i18n/i18n.ts';
import styles from './bridge-missing.module.css';

/** Neither shell has put its bridge in place: said in both languages, as none was chosen yet. */
export function BridgeMissing() {
  return (
    <main className={styles.page} data-testid="bridge-missing">
      <h1 className={styles.title}>{i18n.t('app.bridgeMissing', { lng: 'zh' })}</h1>
      <p lang="en">{i18n.t('app.bridgeMissing', { lng: 'en' })}</p>
    </main>
  );
}
