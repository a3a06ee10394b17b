import { Select } from 'antd';
import { mayAct, useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { useClasses } from './roster-queries.ts';

type ClassSelectProps = {
  readonly batchId: string | undefined;
  /** Undefined: all classes. */
  readonly value: string | undefined;
  readonly onChange: (className: string | undefined) => void;
};

/** Classes of one batch's roster; nothing where there are none. */
export function ClassSelect({ batchId, value, onChange }: ClassSelectProps) {
  const { t } = useLanguage();
  const mayAsk = mayAct(useStaff(), 'agent');
  const { data } = useClasses(mayAsk ? batchId : undefined);
  if (!data?.length && !value) return null;
  return (
    <Select
      style={{ width: 180 }}
      allowClear
      showSearch
      placeholder={t.roster.allClasses}
      value={value}
      onChange={(className: string | undefined) => onChange(className)}
      options={(data ?? []).map((name) => ({ value: name, label: name }))}
    />
  );
}
