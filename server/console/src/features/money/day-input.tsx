import { dayInBeijing } from '@gradshot/domain';
import { Input, Tooltip } from 'antd';
import { useLanguage } from '../../i18n/language.tsx';

export type Days = { readonly from: string; readonly until: string };

const DAY_MS = 86_400_000;

/** So many days, the last of them today. */
export function lastDays(count: number): Days {
  const now = Date.now();
  const from = dayInBeijing(new Date(now - (count - 1) * DAY_MS));
  return { from, until: dayInBeijing(new Date(now)) };
}

type DayInputProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
};

/** The browser's own calendar: days of Beijing are text here and never moments. */
export function DayInput({ label, value, onChange }: DayInputProps) {
  return (
    <Tooltip title={label}>
      <Input
        type="date"
        aria-label={label}
        style={{ width: 150 }}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Tooltip>
  );
}

type DayRangeProps = { readonly value: Days; readonly onChange: (days: Days) => void };

export function DayRange({ value, onChange }: DayRangeProps) {
  const { t } = useLanguage();
  return (
    <>
      <DayInput
        label={t.money.from}
        value={value.from}
        onChange={(from) => from && onChange({ ...value, from })}
      />
      <span>–</span>
      <DayInput
        label={t.money.until}
        value={value.until}
        onChange={(until) => until && onChange({ ...value, until })}
      />
    </>
  );
}
