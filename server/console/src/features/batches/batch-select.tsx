import { Select } from 'antd';
import { useLanguage } from '../../i18n/language.tsx';
import { useBatches } from './batch-queries.ts';

type BatchSelectProps = {
  /** Undefined: all batches. */
  readonly value: string | undefined;
  readonly size?: 'small' | 'middle';
  readonly onChange: (batchId: string | undefined) => void;
};

export function BatchSelect({ value, size = 'middle', onChange }: BatchSelectProps) {
  const { t } = useLanguage();
  const { data } = useBatches();
  return (
    <Select
      size={size}
      style={{ width: 280 }}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t.dashboard.allBatches}
      value={value}
      onChange={(batchId: string | undefined) => onChange(batchId)}
      options={(data?.batches ?? []).map(({ batchId, school, name }) => ({
        value: batchId,
        label: `${school} · ${name}`,
      }))}
    />
  );
}
