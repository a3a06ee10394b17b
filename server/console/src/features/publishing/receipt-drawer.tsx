import { MAX_RECEIPT_BYTES, type ReceiptResult } from '@gradshot/contract';
import { Alert, Button, Statistic, Table } from 'antd';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import page from '../../ui/page.module.css';
import { type AfterCheck, ImportDrawer } from '../roster/import-drawer.tsx';
import styles from './publishing.module.css';
import { useRefreshExports } from './publishing-queries.ts';

type ReceiptDrawerProps = { readonly exportId: string; readonly onClose: () => void };

/** A receipt of 学信网: shown first, carried out when somebody says so. */
export function ReceiptDrawer({ exportId, onClose }: ReceiptDrawerProps) {
  const { t } = useLanguage();
  const refresh = useRefreshExports();
  return (
    <ImportDrawer<ReceiptResult>
      texts={{
        title: t.publishing.importReceipt,
        lead: t.publishing.receiptLead,
        rule: t.publishing.receiptRule,
        tooLarge: t.publishing.receiptTooLarge,
        drop: t.publishing.receiptDrop,
        dropLead: t.publishing.receiptDropLead,
      }}
      accept=".xlsx,.xls,.csv,.txt"
      maxBytes={MAX_RECEIPT_BYTES}
      send={(file, dryRun) =>
        client.sendBytes('importReceipt', {
          params: { exportId },
          query: { dryRun: dryRun ? 'true' : 'false' },
          bytes: file,
        })
      }
      show={(result, after) => <ReceiptPreview result={result} after={after} />}
      onImported={refresh}
      onClose={onClose}
    />
  );
}

type ReceiptPreviewProps = { readonly result: ReceiptResult; readonly after: AfterCheck };

function ReceiptPreview({ result, after }: ReceiptPreviewProps) {
  const { t } = useLanguage();
  const { accepted, refused, unchanged, imported, again, rows, shown } = result;
  const nothing = accepted + refused === 0;
  return (
    <>
      {imported ? (
        <Alert
          type="success"
          showIcon
          title={again ? t.publishing.importedBefore : t.publishing.receiptImported}
        />
      ) : null}
      <div className={styles.figures}>
        <Statistic title={t.publishing.willAccept} value={accepted} />
        <Statistic title={t.publishing.willRefuse} value={refused} />
        <Statistic title={t.publishing.known} value={unchanged} />
      </div>
      {shown > 0 ? <p className={page.lead}>{t.publishing.rowsLead(shown)}</p> : null}
      {shown > 0 ? (
        <Table
          size="small"
          rowKey={({ row, key }) => `${row}-${key}`}
          dataSource={rows}
          pagination={{ pageSize: 10, hideOnSinglePage: true, size: 'small' }}
          columns={[
            { title: t.publishing.row, dataIndex: 'row', width: 70, className: 'num' },
            { title: t.publishing.key, dataIndex: 'key', width: 120, className: 'num' },
            {
              title: t.publishing.why,
              key: 'kind',
              render: (_, { kind }) => t.publishing.rowKinds[kind],
            },
          ]}
        />
      ) : null}
      <div className={page.bar}>
        {imported ? (
          <Button type="primary" onClick={after.onClose}>
            {t.common.close}
          </Button>
        ) : (
          <>
            <Button type="primary" disabled={nothing} onClick={after.onImport}>
              {t.publishing.carryOut(accepted + refused)}
            </Button>
            <Button onClick={after.onAgain}>{t.publishing.otherFile}</Button>
          </>
        )}
      </div>
    </>
  );
}
