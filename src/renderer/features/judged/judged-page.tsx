import { CameraOutlined, DownOutlined, UpOutlined } from '@ant-design/icons';
import type { CheckResult } from '@gradshot/domain';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SessionAt, send } from '../../state/station-store.ts';
import { Page, type PageAction } from '../../ui/page.tsx';
import { CheckList } from './check-list.tsx';
import styles from './judged-page.module.css';
import { PhotoPane, type PhotoSide } from './photo-pane.tsx';
import { firstToShow, sortChecks } from './sort-checks.ts';
import { Verdict, verdictOf } from './verdict.tsx';

/** The standard photo and one verdict on it: 提交 or 重拍. Every check is there on request. */
export function JudgedPage({ session }: { session: SessionAt<'judged'> }) {
  const { t } = useTranslation();
  const { report, hasStandard, shot } = session;
  const { accepted } = report;
  const sorted = useMemo(() => sortChecks(report.checks), [report]);
  const [chosen, setChosen] = useState(() => firstToShow(sorted));
  const [side, setSide] = useState<PhotoSide>(accepted && hasStandard ? 'standard' : 'original');
  const [unfolded, setUnfolded] = useState(false);
  const choose = (check: CheckResult) => {
    setChosen(check);
    if (check.hint) setSide('original');
  };
  return (
    <Page
      lead={accepted ? t('judged.leadAccepted') : t('judged.leadRefused')}
      note={accepted ? t('judged.final') : undefined}
      {...actions(accepted, t('judged.submit'), t('judged.retake'))}
      step="judged"
      title={accepted ? t('judged.titleAccepted') : t('judged.titleRefused')}
    >
      <div className={styles.columns} data-accepted={accepted}>
        <PhotoPane
          chosen={chosen}
          hasStandard={hasStandard}
          onSide={setSide}
          report={report}
          shot={shot}
          side={side}
        />
        <div className={styles.words} data-unfolded={unfolded}>
          {!unfolded && <Verdict verdict={verdictOf(report, sorted)} />}
          <Button
            aria-expanded={unfolded}
            className={styles.fold ?? ''}
            data-testid="unfold-checks"
            icon={unfolded ? <UpOutlined /> : <DownOutlined />}
            onClick={() => setUnfolded(!unfolded)}
            size="large"
          >
            {unfolded ? t('judged.fold') : t('judged.unfold')}
          </Button>
          {unfolded && (
            <CheckList chosen={chosen} onChoose={choose} reason={report.reason} sorted={sorted} />
          )}
        </div>
      </div>
    </Page>
  );
}

/** 重拍 is the primary action where 提交 cannot be. */
function actions(
  accepted: boolean,
  submit: string,
  retake: string,
): { primary: PageAction; secondary: PageAction | undefined } {
  const again: PageAction = {
    id: 'retake',
    label: retake,
    icon: <CameraOutlined />,
    onPress: () => void send('session.retake', {}),
  };
  if (!accepted) return { primary: again, secondary: undefined };
  const handIn: PageAction = {
    id: 'submit',
    label: submit,
    onPress: () => void send('session.handIn', {}),
  };
  return { primary: handIn, secondary: again };
}
