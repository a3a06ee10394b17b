import { FrownOutlined } from '@ant-design/icons';
import type { CheckResult, StandardizationReport } from '@gradshot/domain';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ShotView } from '../../../shared/index.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Picture } from '../../ui/picture.tsx';
import { HintedOriginal } from './hinted-original.tsx';
import styles from './photo-pane.module.css';

export type PhotoSide = 'standard' | 'original';

type PhotoPaneProps = {
  readonly side: PhotoSide;
  readonly onSide: (side: PhotoSide) => void;
  readonly shot: ShotView;
  readonly report: StandardizationReport;
  readonly hasStandard: boolean;
  readonly chosen: CheckResult | undefined;
};

/** The standard photo, or the original with the chosen check's place on it. */
export function PhotoPane(props: PhotoPaneProps) {
  const { t } = useTranslation();
  const { side, onSide, shot, report, chosen } = props;
  return (
    <section className={styles.pane}>
      <div className={styles.stage}>
        {side === 'original' ? (
          <HintedOriginal check={chosen} checks={report.checks} shot={shot} />
        ) : (
          <Standard {...props} />
        )}
      </div>
      <div className={styles.below}>
        <Segmented<PhotoSide>
          data-testid="photo-side"
          onChange={onSide}
          options={[
            { value: 'standard', label: t('judged.standard') },
            { value: 'original', label: t('judged.original') },
          ]}
          size="large"
          value={side}
        />
        <p className={styles.caption}>
          {side === 'original'
            ? t('review.size', { width: shot.width, height: shot.height })
            : report.output && t('judged.file', fileFacts(report.output))}
        </p>
      </div>
    </section>
  );
}

function Standard({ hasStandard, report, shot }: PhotoPaneProps) {
  const { t } = useTranslation();
  if (!hasStandard) return <EmptyState icon={<FrownOutlined />} title={t('judged.noStandard')} />;
  return (
    <div className={styles.standard} data-accepted={report.accepted}>
      <Picture alt={t('judged.standard')} kind="standard" photoId={shot.photoId} />
    </div>
  );
}

function fileFacts(output: NonNullable<StandardizationReport['output']>) {
  const { width, height, bytes, dpi } = output;
  return { width, height, dpi, kb: (bytes / 1024).toFixed(1) };
}
