import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  DeleteOutlined,
  PlusOutlined,
} from '@ant-design/icons';
import type { CONSOLE_ROUTES, OutputOf } from '@gradshot/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Form, Input, Select, Tag } from 'antd';
import { useState } from 'react';
import { answerOf, client } from '../../api/client.ts';
import { useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { PageHeader } from '../../ui/page-header.tsx';
import { useNotify } from '../../ui/use-notify.ts';
import { useBatches } from '../batches/batch-queries.ts';
import styles from './service-page.module.css';

type Service = OutputOf<typeof CONSOLE_ROUTES.saveCustomerService>;

const EMPTY_ENTRY = { questionZh: '', answerZh: '', questionEn: '', answerEn: '' };

const AGENCY = '';

/** Without a school the agency's own, which only those see who have every school. */
export function ServicePage() {
  const [chosen, setChosen] = useState(useStaff().schools?.[0] ?? AGENCY);
  const query = useQuery({
    queryKey: ['customerService', chosen],
    queryFn: () => answerOf(client.call('getCustomerService', { query: ofSchool(chosen) })),
    // A refetch must not overwrite what is being typed.
    staleTime: Number.POSITIVE_INFINITY,
    // What a colleague saved since must not be overwritten from an older copy.
    gcTime: 0,
  });
  return query.data ? (
    <Editor key={chosen} service={query.data} schoolCode={chosen} onSchool={setChosen} />
  ) : (
    <div className={page.page}>
      <LoadState query={query} />
    </div>
  );
}

const ofSchool = (schoolCode: string) => (schoolCode ? { schoolCode } : {});

type EditorProps = {
  readonly service: Service;
  readonly schoolCode: string;
  readonly onSchool: (schoolCode: string) => void;
};

function Editor({ service, schoolCode, onSchool }: EditorProps) {
  const { t } = useLanguage();
  const notify = useNotify();
  const queries = useQueryClient();
  const [dirty, setDirty] = useState(false);
  const [busy, setBusy] = useState(false);
  const save = async (body: Service) => {
    setBusy(true);
    const answer = await client.call('saveCustomerService', {
      query: ofSchool(schoolCode),
      body,
    });
    setBusy(false);
    if (!answer.ok) return notify.failed(answer.error);
    queries.setQueryData(['customerService', schoolCode], answer.value);
    setDirty(false);
    notify.success(t.common.saved);
  };
  return (
    <Form<Service>
      className={page.page ?? ''}
      layout="vertical"
      requiredMark={false}
      initialValues={service}
      onFinish={save}
      onValuesChange={() => setDirty(true)}
    >
      <PageHeader title={t.service.title}>
        <SchoolSelect value={schoolCode} disabled={dirty} onChange={onSchool} />
        <span className={page.lead}>{t.service.lead}</span>
      </PageHeader>
      <Card size="small">
        <div className={styles.contact}>
          <Form.Item
            name="phone"
            label={t.service.phone}
            rules={[{ required: true, message: t.service.needed }]}
          >
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item
            name="hours"
            label={t.service.hours}
            rules={[{ required: true, message: t.service.needed }]}
          >
            <Input maxLength={80} />
          </Form.Item>
        </div>
      </Card>
      <FaqList />
      <div className={styles.footer}>
        {dirty ? <Tag color="warning">{t.service.unsaved}</Tag> : null}
        <Button type="primary" htmlType="submit" loading={busy} disabled={!dirty}>
          {t.common.save}
        </Button>
      </div>
    </Form>
  );
}

type SchoolSelectProps = {
  readonly value: string;
  /** What is typed would be lost. */
  readonly disabled: boolean;
  readonly onChange: (schoolCode: string) => void;
};

function SchoolSelect(props: SchoolSelectProps) {
  const { t } = useLanguage();
  const mayAgency = useStaff().schools === null;
  const { schools = [] } = useBatches().data ?? {};
  const own = schools.map(({ code, name }) => ({ value: code, label: name }));
  const agency = { value: AGENCY, label: t.service.everySchool };
  return (
    <Select
      {...props}
      size="small"
      aria-label={t.service.school}
      popupMatchSelectWidth={false}
      options={mayAgency ? [agency, ...own] : own}
    />
  );
}

function FaqList() {
  const { t } = useLanguage();
  return (
    <Form.List name="faq">
      {(fields, { add, remove, move }) => (
        <>
          <div className={page.bar}>
            <strong>{t.service.faq}</strong>
            <Tag className="num">{t.service.count(fields.length)}</Tag>
            <span className={page.grow} />
            <Button icon={<PlusOutlined />} onClick={() => add(EMPTY_ENTRY, 0)}>
              {t.service.add}
            </Button>
          </div>
          {fields.map(({ key, name }, index) => (
            <FaqEntry
              key={key}
              name={name}
              {...(index > 0 ? { onUp: () => move(index, index - 1) } : {})}
              {...(index < fields.length - 1 ? { onDown: () => move(index, index + 1) } : {})}
              onRemove={() => remove(name)}
            />
          ))}
        </>
      )}
    </Form.List>
  );
}

type FaqEntryProps = {
  readonly name: number;
  readonly onUp?: () => void;
  readonly onDown?: () => void;
  readonly onRemove: () => void;
};

function FaqEntry({ name, onUp, onDown, onRemove }: FaqEntryProps) {
  const { t } = useLanguage();
  return (
    <Card size="small">
      <div className={styles.entry}>
        <Texts name={name} question="questionZh" answer="answerZh" label={t.service.chinese} />
        <Texts name={name} question="questionEn" answer="answerEn" label={t.service.english} />
        <div className={styles.tools}>
          <Button
            size="small"
            type="text"
            icon={<ArrowUpOutlined />}
            aria-label={t.service.up}
            disabled={!onUp}
            onClick={onUp}
          />
          <Button
            size="small"
            type="text"
            icon={<ArrowDownOutlined />}
            aria-label={t.service.down}
            disabled={!onDown}
            onClick={onDown}
          />
          <Button
            size="small"
            type="text"
            danger
            icon={<DeleteOutlined />}
            aria-label={t.common.remove}
            onClick={onRemove}
          />
        </div>
      </div>
    </Card>
  );
}

type TextsProps = {
  readonly name: number;
  readonly question: string;
  readonly answer: string;
  readonly label: string;
};

function Texts({ name, question, answer, label }: TextsProps) {
  const { t } = useLanguage();
  const rules = [{ required: true, whitespace: true, message: t.service.needed }];
  return (
    <div>
      <Form.Item name={[name, question]} rules={rules}>
        <Input placeholder={`${label} · ${t.service.question}`} maxLength={200} />
      </Form.Item>
      <Form.Item name={[name, answer]} rules={rules}>
        <Input.TextArea
          placeholder={`${label} · ${t.service.answer}`}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={2000}
        />
      </Form.Item>
    </div>
  );
}
