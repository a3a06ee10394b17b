import type { Batch, KeptPerson } from '@gradshot/contract';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Modal, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import page from '../../ui/page.module.css';
import { useNotify } from '../../ui/use-notify.ts';
import { useBatches } from '../batches/batch-queries.ts';
import { KeptPeople } from './kept-people.tsx';

type PeopleActionsProps = {
  readonly batch: Batch;
  readonly chosen: readonly string[];
  readonly onDone: () => void;
};

/** What is done with the people who are ticked. */
export function PeopleActions({ batch, chosen, onDone }: PeopleActionsProps) {
  const { t } = useLanguage();
  const notify = useNotify();
  const { modal } = App.useApp();
  const queries = useQueryClient();
  const [moving, setMoving] = useState(false);
  const words = t.rosterImport.people;
  const { batchId } = batch;
  const tell = ({ done, people }: { done: number; people: readonly KeptPerson[] }) => {
    void queries.invalidateQueries({ queryKey: ['roster'] });
    onDone();
    if (people.length === 0) return notify.success(words.done(done));
    modal.warning({
      title: words.some(done, people.length),
      content: <KeptPeople people={people} />,
    });
  };
  const remove = async () => {
    const input = { params: { batchId }, body: { entryIds: [...chosen] } };
    const answer = await client.call('removeFromRoster', input);
    if (answer.ok) tell(answer.value);
    else notify.failed(answer.error);
  };
  const move = async (toBatchId: string) => {
    setMoving(false);
    const body = { entryIds: [...chosen], toBatchId };
    const answer = await client.call('moveInRoster', { params: { batchId }, body });
    if (answer.ok) tell(answer.value);
    else notify.failed(answer.error);
  };
  if (chosen.length === 0) return null;
  return (
    <div className={page.bar}>
      <span>{words.chosen(chosen.length)}</span>
      <Button size="small" onClick={() => setMoving(true)}>
        {words.move}
      </Button>
      <Popconfirm title={words.removeSure(chosen.length)} onConfirm={() => void remove()}>
        <Button size="small" danger>
          {words.remove}
        </Button>
      </Popconfirm>
      {moving ? (
        <MoveDialog batch={batch} onMove={(to) => void move(to)} onClose={() => setMoving(false)} />
      ) : null}
    </div>
  );
}

type MoveDialogProps = {
  readonly batch: Batch;
  readonly onMove: (toBatchId: string) => void;
  readonly onClose: () => void;
};

function MoveDialog({ batch, onMove, onClose }: MoveDialogProps) {
  const { t } = useLanguage();
  const batches = useBatches();
  const [to, setTo] = useState<string>();
  const words = t.rosterImport.people;
  const others = (batches.data?.batches ?? []).filter(
    (one) => one.schoolCode === batch.schoolCode && one.batchId !== batch.batchId,
  );
  return (
    <Modal
      open
      title={words.move}
      okText={words.moveNow}
      okButtonProps={{ disabled: to === undefined }}
      onOk={() => to && onMove(to)}
      onCancel={onClose}
    >
      <Select
        style={{ width: '100%' }}
        aria-label={words.to}
        placeholder={others.length > 0 ? words.to : words.noOther}
        value={to ?? null}
        onChange={setTo}
        options={others.map(({ batchId, name }) => ({ value: batchId, label: name }))}
      />
    </Modal>
  );
}
