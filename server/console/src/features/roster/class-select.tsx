import { Select } from 'antd';
import { mayAct, useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { useClasses } from './roster-queries.ts';

type ClassSelectProps = {
  /** Undefined: all classes. */
  readonly value: string | undefined;
  readonly onChange: (className: string | undefined) => void;
};

/** Classes of the batch that is searched; for roles that may see its roster. */
export function BatchClassSelect({
  batchId,
  ...choice
}: ClassSelectProps & { readonly batchId: string | undefined }) {
  const mayAsk = mayAct(useStaff(), 'seeRosters');
  const { data } = useClasses(mayAsk ? batchId : undefined);
  return <ClassSelect {...choice} classes={data ?? []} />;
}

/** Nothing where there are no classes. */
export function ClassSelect({
  classes,
  value,
  onChange,
}: ClassSelectProps & { readonly classes: readonly string[] }) {
  const { t } = useLanguage();
  if (classes.length === 0 && !value) return null;
  return (
    <Select
      style={{ width: 180 }}
      allowClear
      showSearch
      placeholder={t.roster.allClasses}
      value={value}
      onChange={(className: string | undefined) => onChange(className)}
      options={classes.map((name) => ({ value: name, label: name }))}
    />
  );
}
