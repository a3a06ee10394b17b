import { useTranslation } from 'react-i18next';
import { yuan } from './amounts.ts';
import styles from './price.module.css';

/** An amount of money with a small sign and large digits. */
export function Price({ fen, large = false }: { fen: number; large?: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={styles.price} data-large={large} data-testid="price">
      {fen === 0 ? (
        t('service.free')
      ) : (
        <>
          <small>¥</small>
          {yuan(fen)}
        </>
      )}
    </span>
  );
}
