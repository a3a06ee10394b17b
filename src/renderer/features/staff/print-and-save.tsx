import { PrinterOutlined, SaveOutlined } from '@ant-design/icons';
import type { Result } from '@gradshot/domain';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CommandResponse } from '../../../shared/index.ts';
import { download } from '../../ui/download.ts';

type PrintAndSaveProps = {
  /** `report` of `print-report` and `save-report`. */
  readonly id: string;
  readonly onPrint: () => void;
  readonly save: () => Promise<Result<CommandResponse<'staff.saveDayReport'>>>;
};

/** What staff do with a sheet that is also a table. */
export function PrintAndSave({ id, onPrint, save }: PrintAndSaveProps) {
  const { t } = useTranslation();
  const keep = async () => {
    const result = await save();
    if (result.ok && result.value.outcome === 'given')
      download(result.value.fileName, result.value.text, 'text/csv');
  };
  return (
    <>
      <Button data-testid={`print-${id}`} icon={<PrinterOutlined />} onClick={onPrint} size="large">
        {t('staff.print')}
      </Button>
      <Button
        data-testid={`save-${id}`}
        icon={<SaveOutlined />}
        onClick={() => void keep()}
        size="large"
      >
        {t('staff.saveTable')}
      </Button>
    </>
  );
}
