import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import type { WorkYear } from '@gradshot/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Input, Tag } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { answerOf, client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { PageHeader } from '../../ui/page-header.tsx';
import { useNotify } from '../../ui/use-notify.ts';
import styles from './calendar-page.module.css';
import { type NoticeDay, noticeText, readNotice } from './notice-text.ts';

const FIRST_YEAR = 2020;
const LAST_YEAR = 2100;

/** The days by which 「约两个工作日」 is counted. */
export function CalendarPage() {
  const { t } = useLanguage();
  const [search, setSearch] = useSearchParams();
  const year = yearOf(search.get('year'));
  const setYear = (next: number) => setSearch({ year: String(next) }, { replace: true });
  const query = useQuery({
    queryKey: ['workYear', year],
    queryFn: () => answerOf(client.call('getWorkYear', { params: { year } })),
    // A refetch must not overwrite what is being typed.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <div className={page.page}>
      <PageHeader title={t.calendar.title}>
        <Button
          size="small"
          icon={<LeftOutlined />}
          aria-label={t.calendar.before}
          disabled={year <= FIRST_YEAR}
          onClick={() => setYear(year - 1)}
        />
        <strong className="num">{t.calendar.year(year)}</strong>
        <Button
          size="small"
          icon={<RightOutlined />}
          aria-label={t.calendar.after}
          disabled={year >= LAST_YEAR}
          onClick={() => setYear(year + 1)}
        />
        <span className={page.lead}>{t.calendar.lead}</span>
      </PageHeader>
      {query.data ? <Year key={year} shown={query.data} /> : <LoadState query={query} />}
    </div>
  );
}

/** This year where the address names none, or one that there is no calendar of. */
function yearOf(named: string | null): number {
  const year = Number(named);
  return year >= FIRST_YEAR && year <= LAST_YEAR ? year : new Date().getFullYear();
}

function Year({ shown }: { shown: WorkYear }) {
  const { t } = useLanguage();
  return (
    <>
      {shown.known ? null : (
        <Alert type="warning" showIcon title={t.calendar.unknown(shown.year)} />
      )}
      <div className={styles.columns}>
        <Card size="small" title={t.calendar.known}>
          <DayList days={shown.days} />
        </Card>
        <Editor shown={shown} />
      </div>
    </>
  );
}

/** A line a holiday: how long it is, and which week-ends are worked for it. */
function DayList({ days }: { days: readonly (NoticeDay & { readonly entered?: boolean })[] }) {
  const { t } = useLanguage();
  const names = [...new Set(days.map(({ name }) => name))];
  if (names.length === 0) return <p className={page.lead}>{t.calendar.none}</p>;
  return (
    <dl className={styles.holidays}>
      {names.map((name) => {
        const own = days.filter((one) => one.name === name);
        return (
          <div className={styles.holiday} key={name}>
            <dt>
              {name}
              {own.some(({ entered }) => entered) ? <Tag>{t.calendar.entered}</Tag> : null}
            </dt>
            <dd>
              {own.map(({ day, working }) => (
                <Tag className="num" key={day} color={working ? 'blue' : 'green'}>
                  {shortDay(day)} {working ? t.calendar.worked : t.calendar.free}
                </Tag>
              ))}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** 10月1日 as 10/1. */
const shortDay = (day: string) => `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`;

function Editor({ shown }: { shown: WorkYear }) {
  const { t } = useLanguage();
  const notify = useNotify();
  const queries = useQueryClient();
  const own = shown.days.filter(({ entered }) => entered);
  const [text, setText] = useState(() => noticeText(own));
  const [busy, setBusy] = useState(false);
  const read = readNotice(text, shown.year);
  const save = async () => {
    setBusy(true);
    const params = { year: shown.year };
    const answer = await client.call('saveWorkYear', { params, body: { days: [...read.days] } });
    setBusy(false);
    if (!answer.ok) return notify.failed(answer.error);
    queries.setQueryData(['workYear', shown.year], answer.value);
    notify.success(t.common.saved);
  };
  const untouched = text === noticeText(own);
  return (
    <Card size="small" title={t.calendar.enter(shown.year)}>
      <p className={`${page.lead} ${styles.enterLead}`}>{t.calendar.enterLead}</p>
      <Input.TextArea
        aria-label={t.calendar.enter(shown.year)}
        autoSize={{ minRows: 6, maxRows: 14 }}
        maxLength={4000}
        placeholder={t.calendar.example}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {read.unread.length > 0 ? (
        <Alert
          className={styles.unread ?? ''}
          type="error"
          showIcon
          title={t.calendar.unread}
          description={read.unread.map((line) => <div key={line}>{line}</div>)}
        />
      ) : null}
      {untouched || read.days.length === 0 ? null : (
        <div className={styles.preview}>
          <strong>{t.calendar.preview}</strong>
          <DayList days={read.days} />
        </div>
      )}
      <div className={styles.footer}>
        <Button
          type="primary"
          loading={busy}
          disabled={untouched || read.unread.length > 0}
          onClick={() => void save()}
        >
          {t.common.save}
        </Button>
      </div>
    </Card>
  );
}
