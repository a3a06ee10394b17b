import { type Batch, MAX_ROSTER_PHOTOS_BYTES, type RosterPhotosResult } from '@gradshot/contract';
import { Alert, Button, Table } from 'antd';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import page from '../../ui/page.module.css';
import { Figures } from './figures.tsx';
import { type AfterCheck, ImportDrawer } from './import-drawer.tsx';

type PhotosDrawerProps = {
  readonly batch: Batch;
  readonly onImported: () => void;
  readonly onClose: () => void;
};

/** A thousand portraits are decoded one by one. */
const TIMEOUT_MS = 300_000;

/** Reference photos: those that fit are taken, whatever the others are. */
export function PhotosDrawer({ batch, onImported, onClose }: PhotosDrawerProps) {
  const { t } = useLanguage();
  return (
    <ImportDrawer<RosterPhotosResult>
      texts={{
        title: t.roster.photosTitle(batch.name),
        lead: t.roster.photosLead,
        rule: t.roster.photosUse,
        tooLarge: t.roster.photosTooLarge,
        drop: t.roster.photosDrop,
        dropLead: t.roster.photosDropLead,
      }}
      accept=".zip"
      maxBytes={MAX_ROSTER_PHOTOS_BYTES}
      send={(file, dryRun) =>
        client.sendBytes(
          'importRosterPhotos',
          {
            params: { batchId: batch.batchId },
            query: { dryRun: dryRun ? 'true' : 'false' },
            bytes: file,
          },
          { timeoutMs: TIMEOUT_MS },
        )
      }
      show={(result, after) => <Checked result={result} {...after} />}
      onImported={onImported}
      onClose={onClose}
    />
  );
}

type CheckedProps = AfterCheck & { readonly result: RosterPhotosResult };

function Checked({ result, onImport, onAgain, onClose }: CheckedProps) {
  const { t } = useLanguage();
  const count = result.added + result.replaced;
  return (
    <>
      <Verdict result={result} />
      <Figures
        figures={[
          [t.roster.files, result.total],
          [t.batches.added, result.added],
          [t.roster.replaced, result.replaced],
          [t.batches.unchanged, result.unchanged],
        ]}
      />
      <p className={page.lead}>{t.roster.withPhoto(result.withPhoto, result.people)}</p>
      {result.errors.length > 0 ? <FileErrors errors={result.errors} /> : null}
      <div className={page.bar}>
        {result.imported ? (
          <Button type="primary" onClick={onClose}>
            {t.common.close}
          </Button>
        ) : (
          <Button type="primary" disabled={count === 0} onClick={onImport}>
            {t.roster.takePhotos(count)}
          </Button>
        )}
        <Button onClick={onAgain}>{result.imported ? t.roster.more : t.batches.again}</Button>
      </div>
    </>
  );
}

function Verdict({ result }: { result: RosterPhotosResult }) {
  const { t } = useLanguage();
  const count = result.added + result.replaced;
  const wrong = result.errors.length;
  if (result.imported)
    return <Alert type="success" showIcon title={t.roster.photosImported(count)} />;
  if (wrong > 0) return <Alert type="warning" showIcon title={t.roster.photosDirty(wrong)} />;
  return <Alert type="info" showIcon title={t.roster.photosClean(count)} />;
}

function FileErrors({ errors }: Pick<RosterPhotosResult, 'errors'>) {
  const { t, pick } = useLanguage();
  return (
    <Table
      size="small"
      rowKey={(error) => error.file}
      dataSource={errors}
      pagination={{ pageSize: 10, hideOnSinglePage: true, size: 'small', showSizeChanger: false }}
      columns={[
        { title: t.roster.file, dataIndex: 'file', width: 260, ellipsis: true },
        { title: t.batches.problem, key: 'problem', render: (_, error) => pick(error) },
      ]}
    />
  );
}
