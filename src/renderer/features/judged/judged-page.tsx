import { CameraOutlined, DownOutlined, LockOutlined, UpOutlined } from '@ant-design/icons';
import type { CheckResult } from '@gradshot/domain';
import { Button } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SessionAt, send, useSnapshot } from '../../state/station-store.ts';
import { Page, type PageAction } from '../../ui/page.tsx';
import { CheckList } from './check-list.tsx';
import styles from './judged-page.module.css';
import { OnSitePanel } from './on-site-panel.tsx';
import { PhotoPane, type PhotoSide } from './photo-pane.tsx';
import { ReleaseButton, ReleaseWords } from './release.tsx';
import { firstToShow, sortChecks } from './sort-checks.ts';
import { type OnSiteDraft, useOnSiteDraft } from './use-on-site-draft.ts';
import { Verdict, verdictOf } from './verdict.tsx';

/**
 * The standard photo and one verdict on it: 提交 or 重拍. Every check is there on request. While the
 * desk is open it is staff who look, and say what no machine sees.
 */
export function JudgedPage({ session }: { session: SessionAt<'judged'> }) {
  const { t } = useTranslation();
  const { report, hasStandard, accepted, shot } = session;
  const atDesk = useSnapshot().station.staffUnlocked;
  const draft = useOnSiteDraft(session.shot.photoId, session.onSite);
  const release = session.onSite?.release;
  const sorted = useMemo(() => sortChecks(report.checks), [report]);
  const [chosen, setChosen] = useState(() => firstToShow(sorted));
  const [side, setSide] = useState<PhotoSide>(accepted && hasStandard ? 'standard' : 'original');
  const choose = (check: CheckResult) => {
    setChosen(check);
    if (check.hint) setSide('original');
  };
  const lead = accepted ? t('judged.leadAccepted') : t('judged.leadRefused');
  return (
    <Page
      aside={atDesk && <LockButton draft={draft} />}
      lead={atDesk ? t('judged.onSite.lead') : lead}
      note={accepted ? t('judged.final') : undefined}
      {...actions(accepted, t('judged.submit'), t('judged.retake'), (name) =>
        atDesk ? leaveDesk(draft, name) : send(name, {}),
      )}
      step="judged"
      title={accepted ? t('judged.titleAccepted') : t('judged.titleRefused')}
    >
      <div className={styles.columns} data-accepted={accepted} data-desk={atDesk}>
        <PhotoPane
          chosen={chosen}
          hasStandard={hasStandard}
          onSide={setSide}
          report={report}
          shot={shot}
          side={side}
        />
        <Words
          checks={
            <CheckList chosen={chosen} onChoose={choose} reason={report.reason} sorted={sorted} />
          }
          desk={
            atDesk && {
              panel: hasStandard && <OnSitePanel draft={draft} />,
              words: !report.accepted && <ReleaseWords release={release} report={report} />,
              button: !report.accepted && <ReleaseButton release={release} report={report} />,
            }
          }
          verdict={<Verdict brief={atDesk} verdict={verdictOf(report, sorted, accepted)} />}
        />
      </div>
    </Page>
  );
}

type WordsProps = {
  readonly verdict: ReactNode;
  readonly checks: ReactNode;
  /** Of staff, while the desk is open. */
  readonly desk:
    | false
    | { readonly panel: ReactNode; readonly words: ReactNode; readonly button: ReactNode };
};

/** The verdict, and in its place every check on request. */
function Words({ verdict, checks, desk }: WordsProps) {
  const [unfolded, setUnfolded] = useState(false);
  const fold = <Fold onFold={() => setUnfolded(!unfolded)} unfolded={unfolded} />;
  if (unfolded)
    return (
      <div className={styles.words} data-full>
        {fold}
        {checks}
      </div>
    );
  if (!desk)
    return (
      <div className={styles.words}>
        {verdict}
        {fold}
      </div>
    );
  return (
    <div className={styles.words} data-full>
      <div className={styles.verdictRow}>
        <div>
          {verdict}
          {desk.words}
        </div>
        <div className={styles.buttons}>
          {desk.button}
          {fold}
        </div>
      </div>
      {desk.panel}
    </div>
  );
}

function Fold({ unfolded, onFold }: { unfolded: boolean; onFold: () => void }) {
  const { t } = useTranslation();
  return (
    <Button
      aria-expanded={unfolded}
      className={styles.fold ?? ''}
      data-testid="unfold-checks"
      icon={unfolded ? <UpOutlined /> : <DownOutlined />}
      onClick={onFold}
      size="large"
    >
      {unfolded ? t('judged.fold') : t('judged.unfold')}
    </Button>
  );
}

function LockButton({ draft }: { draft: OnSiteDraft }) {
  const { t } = useTranslation();
  const lock = async () => {
    await draft.settled();
    await send('staff.lock', {});
  };
  return (
    <Button
      data-testid="staff-lock"
      icon={<LockOutlined />}
      onClick={() => void lock()}
      size="large"
    >
      {t('staff.lock')}
    </Button>
  );
}

type Leaving = 'session.handIn' | 'session.retake';

/** The pages that follow are the graduate's, and nobody else's is left open behind them. */
async function leaveDesk(draft: OnSiteDraft, name: Leaving): Promise<void> {
  await draft.settled();
  await send('staff.lock', {});
  await send(name, {});
}

/** 重拍 is the primary action where 提交 cannot be. */
function actions(
  accepted: boolean,
  submit: string,
  retake: string,
  leave: (name: Leaving) => Promise<unknown>,
): { primary: PageAction; secondary: PageAction | undefined } {
  const again: PageAction = {
    id: 'retake',
    label: retake,
    icon: <CameraOutlined />,
    onPress: () => void leave('session.retake'),
  };
  if (!accepted) return { primary: again, secondary: undefined };
  const handIn: PageAction = {
    id: 'submit',
    label: submit,
    onPress: () => void leave('session.handIn'),
  };
  return { primary: handIn, secondary: again };
}
