import { Alert, Button, Skeleton } from 'antd';
import { failureOf } from '../api/client.ts';
import { useLanguage } from '../i18n/language.tsx';

type Loading = {
  readonly isPending: boolean;
  readonly error: unknown;
  readonly refetch: () => unknown;
};

/** What stands in the place of data that are not there yet, or could not be had. */
export function LoadState({ query }: { query: Loading }) {
  const { t, explain } = useLanguage();
  if (!query.error) return <Skeleton active />;
  return (
    <Alert
      type="error"
      showIcon
      title={explain(failureOf(query.error))}
      action={
        <Button size="small" onClick={() => query.refetch()}>
          {t.common.retry}
        </Button>
      }
    />
  );
}
