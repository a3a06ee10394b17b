import { type Batch, MAX_ROSTER_BYTES, type RosterResult } from '@gradshot/contract';
import { Alert, Button, Table } from 'antd';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import page from '../../ui/page.module.css';
import { Figures } from './figures.tsx';
import { type AfterCheck, ImportDrawer } from './import-drawer.tsx';

type RosterDrawerProps = {
  readonly batch: Batch;
  readonly onImported: () => void;
  readonly onClose: () => void;
};

/** A register: imported whole, or, with an error in any row, not at all. */
export function RosterDrawer({ batch, onImported, onClose }: RosterDrawerProps) {
  const { t } = useLanguage();
  return (
    <ImportDrawer<RosterResult>
      texts={{
        title: t.batches.rosterTitle(batch.name),
        lead: t.batches.rosterLead,
        rule: t.batches.rosterAllOrNothing,
        tooLarge: t.batches.tooLarge,
        drop: t.batches.drop,
        dropLead: t.batches.dropLead,
      }}
      accept=".xlsx,.csv"
      maxBytes={MAX_ROSTER_BYTES}
      send={(file, dryRun) =>
        client.sendBytes('importRoster', {
          params: { batchId: batch.batchId },
          query: { dryRun: dryRun ? 'true' : 'false' },
          bytes: file,
        })
      }
      show={(result, after) => <Checked result={result} {...after} />}
      onImported={onImported}
      onClose={onClose}
    />
  );
}

type CheckedProps = AfterCheck & { readonly result: RosterResult };

function Checked({ result, onImport, onAgain, onClose }: CheckedProps) {
  const { t } = useLanguage();
  const clean = result.errors.length === 0;
  const count = result.added + result.updated;
  return (
    <>
      <Verdict result={result} />
      <Figures
        figures={[
          [t.batches.total, result.total],
          [t.batches.added, result.added],
          [t.batches.updated, result.updated],
          [t.batches.unchanged, result.unchanged],
        ]}
      />
      {clean ? null : <RowErrors errors={result.errors} />}
      <div className={page.bar}>
        {result.imported ? (
          <Button type="primary" onClick={onClose}>
            {t.common.close}
          </Button>
        ) : (
          <>
            <Button type="primary" disabled={!clean || count === 0} onClick={onImport}>
              {t.batches.import}
            </Button>
            <Button onClick={onAgain}>{t.batches.again}</Button>
          </>
        )}
      </div>
    </>
  );
}

function Verdict({ result }: { result: RosterResult }) {
  const { t } = useLanguage();
  const count = result.added + result.updated;
  if (result.imported) return <Alert type="success" showIcon title={t.batches.imported(count)} />;
  return result.errors.length === 0 ? (
    <Alert type="info" showIcon title={t.batches.clean(count)} />
  ) : (
    <Alert type="error" showIcon title={t.batches.dirty(result.errors.length)} />
  );
}

function RowErrors({ errors }: Pick<RosterResult, 'errors'>) {
  const { t, pick } = useLanguage();
  return (
    <Table
      size="small"
      rowKey={(error) => `${error.row}-${error.column}-${error.zh}`}
      dataSource={errors}
      pagination={{ pageSize: 10, hideOnSinglePage: true, size: 'small', showSizeChanger: false }}
      columns={[
        { title: t.batches.row, dataIndex: 'row', width: 64, className: 'num' },
        { title: t.batches.column, dataIndex: 'column', width: 120 },
        { title: t.batches.problem, key: 'problem', render: (_, error) => pick(error) },
      ]}
    />
  );
}
