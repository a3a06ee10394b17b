import type { KeptPerson, RosterImportView } from '@gradshot/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer, Popconfirm, Table, Tag } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { useNotify } from '../../ui/use-notify.ts';
import { useImports } from './draft-queries.ts';
import { KeptPeople } from './kept-people.tsx';

type ImportsDrawerProps = { readonly batchId: string; readonly onClose: () => void };

/** Thousands of people go in portions. */
const TIMEOUT_MS = 300_000;

/** What came in when, and the way to undo it. */
export function ImportsDrawer({ batchId, onClose }: ImportsDrawerProps) {
  const { t } = useLanguage();
  const notify = useNotify();
  const queries = useQueryClient();
  const query = useImports(batchId);
  const [busy, setBusy] = useState<string>();
  const [kept, setKept] = useState<readonly KeptPerson[]>([]);
  const words = t.rosterImport.history;
  const undo = async ({ importId }: RosterImportView) => {
    setBusy(importId);
    const answer = await client.call(
      'undoRosterImport',
      { params: { importId } },
      { timeoutMs: TIMEOUT_MS },
    );
    setBusy(undefined);
    void queries.invalidateQueries({ queryKey: ['roster'] });
    if (!answer.ok) return notify.failed(answer.error);
    const { removed, restored, people } = answer.value;
    setKept(people);
    notify.success(words.undone(removed, restored));
  };
  return (
    <Drawer open size={920} title={words.title} onClose={onClose}>
      <p className={page.lead} style={{ marginBottom: 14 }}>
        {words.lead}
      </p>
      {kept.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={words.kept(kept.length)}
          description={<KeptPeople people={kept} />}
          style={{ marginBottom: 14 }}
        />
      ) : null}
      {query.data ? (
        <Table
          size="small"
          rowKey="importId"
          dataSource={query.data}
          locale={{ emptyText: words.none }}
          pagination={{ pageSize: 15, hideOnSinglePage: true, size: 'small' }}
          columns={[
            {
              title: t.orders.at,
              key: 'at',
              className: 'num',
              render: (_, { at }) => dateTime(at),
            },
            { title: t.orders.by, dataIndex: 'by' },
            {
              title: t.roster.file,
              key: 'file',
              render: (_, { fileName }) => fileName || words.program,
            },
            ...(['added', 'changed', 'unchanged', 'bad'] as const).map((count) => ({
              title: words[count],
              dataIndex: count,
              align: 'right' as const,
              className: 'num',
            })),
            {
              title: '',
              key: 'act',
              width: 150,
              render: (_, one) => <Act one={one} busy={busy === one.importId} onUndo={undo} />,
            },
          ]}
        />
      ) : (
        <LoadState query={query} />
      )}
    </Drawer>
  );
}

type ActProps = {
  readonly one: RosterImportView;
  readonly busy: boolean;
  readonly onUndo: (one: RosterImportView) => Promise<void>;
};

function Act({ one, busy, onUndo }: ActProps) {
  const { t } = useLanguage();
  const words = t.rosterImport.history;
  if (one.state === 'undone') return <Tag>{words.isUndone(one.kept)}</Tag>;
  if (one.added + one.changed === 0) return null;
  return (
    <Popconfirm
      title={words.sure}
      description={words.sureLead(one.added, one.changed)}
      onConfirm={() => void onUndo(one)}
    >
      <Button size="small" danger loading={busy}>
        {one.state === 'undoing' ? words.goOn : words.undo}
      </Button>
    </Popconfirm>
  );
}
