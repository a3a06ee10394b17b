import {
  ArrowLeftOutlined,
  CloudOutlined,
  ControlOutlined,
  DownloadOutlined,
  HistoryOutlined,
  IdcardOutlined,
  UndoOutlined,
  UploadOutlined,
} from '@ant-design/icons';
import { type Batch, ROSTER_PROGRESS, type RosterProgress } from '@gradshot/contract';
import { OFFLINE_PAYER_TEXT, type OfflinePayer } from '@gradshot/domain';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Empty, Space } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { mayAct, useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { PageHeader } from '../../ui/page-header.tsx';
import { useNotify } from '../../ui/use-notify.ts';
import { BatchOfAddress } from '../batches/batch-of-address.tsx';
import { BandsDialog } from './bands-dialog.tsx';
import { ClassSelect } from './class-select.tsx';
import { ImportsDrawer } from './imports-drawer.tsx';
import { OfflineDialog } from './offline-dialog.tsx';
import { PhotosDrawer } from './photos-drawer.tsx';
import { ProgressSteps } from './progress-steps.tsx';
import { RosterLog } from './roster-log.tsx';
import { type RosterSearch, useRoster } from './roster-queries.ts';
import { RosterTable } from './roster-table.tsx';
import { saveUndone } from './save-undone.ts';

type Open = 'imports' | 'photos' | 'log' | 'bands' | 'offline';

/** The people of a batch, how far each has come, and who has to be reminded. */
export function RosterPage() {
  return <BatchOfAddress>{(batch) => <BatchRoster batch={batch} />}</BatchOfAddress>;
}

function useSearch(): [RosterSearch, (changes: Partial<RosterSearch>) => void] {
  const [params, setParams] = useSearchParams();
  const search: RosterSearch = {
    className: params.get('class') ?? undefined,
    progress: ROSTER_PROGRESS.find((step) => step === params.get('step')),
    page: Math.max(1, Number(params.get('page')) || 1),
  };
  const change = (changes: Partial<RosterSearch>) => {
    const next = { ...search, page: 1, ...changes };
    setParams({
      ...(next.className ? { class: next.className } : {}),
      ...(next.progress ? { step: next.progress } : {}),
      ...(next.page > 1 ? { page: String(next.page) } : {}),
    });
  };
  return [search, change];
}

function BatchRoster({ batch }: { batch: Batch }) {
  const { batchId } = batch;
  const queries = useQueryClient();
  const [search, change] = useSearch();
  const [open, setOpen] = useState<Open>();
  const query = useRoster(batchId, search);
  const close = () => setOpen(undefined);
  const navigate = useNavigate();
  const toImport = () => navigate(`/batches/${batchId}/import`);
  const refresh = () => void queries.invalidateQueries({ queryKey: ['roster'] });
  return (
    <div className={page.page}>
      <Header batch={batch} className={search.className} onOpen={setOpen} onImport={toImport} />
      {query.data ? (
        <>
          <ProgressSteps
            roster={query.data}
            value={search.progress}
            onChange={(progress: RosterProgress | undefined) => change({ progress })}
          />
          <Space>
            <ClassSelect
              classes={query.data.classes}
              value={search.className}
              onChange={(className) => change({ className })}
            />
            <OfflineButton payer={query.data.offlinePayer} onOpen={() => setOpen('offline')} />
            <ImportsButton onOpen={() => setOpen('imports')} />
          </Space>
          <People
            batch={batch}
            search={search}
            query={query}
            onPage={(next) => change({ page: next })}
            onImport={toImport}
          />
        </>
      ) : (
        <LoadState query={query} />
      )}
      {open === 'imports' ? <ImportsDrawer batchId={batchId} onClose={close} /> : null}
      {open === 'photos' ? (
        <PhotosDrawer batch={batch} onImported={refresh} onClose={close} />
      ) : null}
      {open === 'bands' && query.data ? (
        <BandsDialog
          batchId={batchId}
          bands={query.data.identityBands}
          onSaved={refresh}
          onClose={close}
        />
      ) : null}
      {open === 'offline' && query.data ? (
        <OfflineDialog
          batchId={batchId}
          payer={query.data.offlinePayer}
          onSaved={refresh}
          onClose={close}
        />
      ) : null}
      {open === 'log' ? <RosterLog batchId={batchId} onClose={close} /> : null}
    </div>
  );
}

type OfflineButtonProps = {
  readonly payer: OfflinePayer | undefined;
  readonly onOpen: () => void;
};

/** Says how it stands; the header has no room for one more. */
function OfflineButton({ payer, onOpen }: OfflineButtonProps) {
  const { t, pick } = useLanguage();
  if (!mayAct(useStaff(), 'keepRosters')) return null;
  const { open, off } = t.roster.offline;
  return (
    <Button type="text" icon={<CloudOutlined />} onClick={onOpen}>
      {`${open} · ${payer ? pick(OFFLINE_PAYER_TEXT[payer]) : off}`}
    </Button>
  );
}

/** Here for the same reason. */
function ImportsButton({ onOpen }: { onOpen: () => void }) {
  const { t } = useLanguage();
  if (!mayAct(useStaff(), 'keepRosters')) return null;
  return (
    <Button type="text" icon={<UndoOutlined />} onClick={onOpen}>
      {t.rosterImport.history.title}
    </Button>
  );
}

type PeopleProps = {
  readonly batch: Batch;
  readonly search: RosterSearch;
  readonly query: ReturnType<typeof useRoster>;
  readonly onPage: (page: number) => void;
  readonly onImport: () => void;
};

function People({ batch, search, query, onPage, onImport }: PeopleProps) {
  const { t } = useLanguage();
  const mayImport = mayAct(useStaff(), 'keepRosters');
  if (!query.data) return null;
  const nobody = query.data.counts.every(({ count }) => count === 0) && !search.className;
  if (nobody)
    return (
      <Empty description={t.roster.none}>
        {mayImport ? (
          <Button type="primary" icon={<UploadOutlined />} onClick={onImport}>
            {t.batches.roster}
          </Button>
        ) : null}
      </Empty>
    );
  return (
    <RosterTable
      batch={batch}
      roster={query.data}
      page={search.page}
      loading={query.isFetching}
      onPage={onPage}
    />
  );
}

type HeaderProps = {
  readonly batch: Batch;
  readonly className: string | undefined;
  readonly onOpen: (what: Open) => void;
  readonly onImport: () => void;
};

function Header({ batch, className, onOpen, onImport }: HeaderProps) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const notify = useNotify();
  const [saving, setSaving] = useState(false);
  const mayImport = mayAct(useStaff(), 'keepRosters');
  const save = async () => {
    setSaving(true);
    const failure = await saveUndone(batch, className);
    setSaving(false);
    if (failure) notify.failed(failure);
  };
  return (
    <PageHeader
      title={
        <>
          <Button
            type="text"
            size="small"
            icon={<ArrowLeftOutlined />}
            aria-label={t.review.back}
            onClick={() => navigate('/batches')}
          />{' '}
          {batch.school} · {batch.name}
        </>
      }
    >
      <span className={page.grow} />
      {mayImport ? (
        <>
          <Button size="small" type="text" icon={<HistoryOutlined />} onClick={() => onOpen('log')}>
            {t.roster.log}
          </Button>
          <Button
            size="small"
            type="text"
            icon={<ControlOutlined />}
            onClick={() => onOpen('bands')}
          >
            {t.roster.bands.open}
          </Button>
          <Button
            size="small"
            icon={<DownloadOutlined />}
            loading={saving}
            onClick={() => void save()}
          >
            {t.roster.export}
          </Button>
          <Button size="small" icon={<IdcardOutlined />} onClick={() => onOpen('photos')}>
            {t.roster.photos}
          </Button>
          <Button size="small" type="primary" icon={<UploadOutlined />} onClick={onImport}>
            {t.batches.roster}
          </Button>
        </>
      ) : null}
    </PageHeader>
  );
}
