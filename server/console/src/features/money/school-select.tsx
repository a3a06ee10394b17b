import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { answerOf, client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';

type SchoolSelectProps = {
  readonly value: string | undefined;
  readonly onChange: (schoolCode: string | undefined) => void;
};

export function SchoolSelect({ value, onChange }: SchoolSelectProps) {
  const { t } = useLanguage();
  const { data = [] } = useQuery({
    queryKey: ['money-schools'],
    queryFn: async () => (await answerOf(client.call('listBatches'))).schools,
  });
  return (
    <Select
      allowClear
      showSearch
      optionFilterProp="label"
      placeholder={t.orders.school}
      aria-label={t.orders.school}
      style={{ width: 200 }}
      value={value}
      onChange={(school: string | undefined) => onChange(school)}
      options={data.map(({ code, name }) => ({ value: code, label: name }))}
    />
  );
}
