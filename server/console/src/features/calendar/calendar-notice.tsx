import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { Link } from 'react-router';
import { answerOf, client } from '../../api/client.ts';
import { mayAct, useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';

/** Counted from 0. The notice of a year is published in November of the one before. */
const NOVEMBER = 10;

/** For who can enter it; once it should be published, of the coming year. */
export function CalendarNotice() {
  const { t } = useLanguage();
  const may = mayAct(useStaff(), 'keepSchools');
  const now = new Date();
  const year = now.getFullYear() + (now.getMonth() >= NOVEMBER ? 1 : 0);
  const query = useQuery({
    queryKey: ['workYear', year, 'known'],
    queryFn: () => answerOf(client.call('getWorkYear', { params: { year } })),
    enabled: may,
  });
  if (!query.data || query.data.known) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t.calendar.unknown(year)}
      action={<Link to={`/calendar?year=${year}`}>{t.nav.calendar}</Link>}
    />
  );
}
