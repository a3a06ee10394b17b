import { CloseOutlined, ExclamationCircleFilled } from '@ant-design/icons';
import { errorSentence, type Failure } from '@gradshot/domain';
import { useTranslation } from 'react-i18next';
import { dismissFailure } from '../state/station-store.ts';
import styles from './failure-message.module.css';
import { useLanguage } from './use-language.ts';

/** The one place where a failure is told: what happened and what to do next. */
export function FailureMessage({ failure }: { failure: Failure }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className={styles.failure} data-code={failure.code} data-testid="failure" role="alert">
      <ExclamationCircleFilled className={styles.icon ?? ''} />
      <p className={styles.text}>{errorSentence(failure, language)}</p>
      <button
        aria-label={t('app.dismiss')}
        className={styles.dismiss}
        data-testid="dismiss-failure"
        onClick={dismissFailure}
        type="button"
      >
        <CloseOutlined />
      </button>
    </div>
  );
}
