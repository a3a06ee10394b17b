import type { ReviewItem } from '@gradshot/contract';
import type { Failure } from '@gradshot/domain';
import { Alert, Button, ConfigProvider, Tooltip } from 'antd';
import { type MouseEvent, useEffect, useState } from 'react';
import type { PhotoKind } from '../../api/photo-store.ts';
import { useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime } from '../../i18n/times.ts';
import { useNotify } from '../../ui/use-notify.ts';
import { ChecksPanel } from './checks-panel.tsx';
import { EarlierPanel } from './earlier-panel.tsx';
import { HintBoxes } from './hint-boxes.tsx';
import { IdentityPanel } from './identity-panel.tsx';
import { KeyLegend } from './key-legend.tsx';
import { NormOverlay } from './norm-overlay.tsx';
import { OnSitePanel } from './on-site-panel.tsx';
import { PhotoPane } from './photo-pane.tsx';
import { QuestionsPanel } from './questions-panel.tsx';
import { ReasonPicker } from './reason-picker.tsx';
import { ReleasePanel } from './release-panel.tsx';
import type { Decision, ReviewDesk } from './review-desk.ts';
import { impliedReasons, suggestedReasons } from './suggested-reasons.ts';
import { type KeyMap, useKeys } from './use-keys.ts';
import { useSeen } from './use-seen.ts';
import styles from './workbench.module.css';

type WorkbenchProps = {
  readonly desk: ReviewDesk;
  readonly item: ReviewItem;
  readonly deciding: boolean;
  readonly mayTakeBack: boolean;
};

/** One photo under judgement. */
export function Workbench({ desk, item, deciding, mayTakeBack }: WorkbenchProps) {
  const [choosing, setChoosing] = useState(false);
  const [flagged, setFlagged] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState<ReadonlySet<PhotoKind>>(new Set());
  const [pointed, setPointed] = useState<string>();
  const [comparing, setComparing] = useState(false);
  const [hasty, setHasty] = useState(false);
  const compare = () => setComparing(item.hasReference && !comparing);
  const decide = useDecide(desk);
  const release = useRelease(desk);
  const seen = useSeen(shown.has('original') && shown.has('standard'));
  const ready = seen && !deciding;
  /** A key that was pressed before the photo was seen decides nothing, and the page says so. */
  const decideSeen = (decision: Decision) => {
    if (ready) decide(decision);
    else if (!deciding) setHasty(true);
  };
  // Enter sends reasons, and so must never approve: it may be pressed once too often.
  const keys: KeyMap = {
    KeyA: () => flagged.size === 0 && decideSeen({ kind: 'approve' }),
    KeyR: () => !deciding && setChoosing(true),
    KeyC: compare,
    Escape: release,
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only takes the focus off what was clicked
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys keep the focus where it is
    <div className={styles.bench} onClick={leaveToKeys}>
      <Photos
        item={item}
        keys={keys}
        choosing={choosing}
        pointed={pointed}
        comparing={comparing}
        onShown={(kind) => setShown((now) => new Set(now).add(kind))}
      />
      <aside className={styles.side}>
        {choosing ? (
          <ReasonPicker
            suggested={suggestedReasons(item.report.checks, flagged)}
            initial={impliedReasons(flagged)}
            busy={deciding}
            onBack={() => setChoosing(false)}
            wait={hasty && !seen}
            onReject={(codes, note) => decideSeen({ kind: 'reject', codes, note })}
          />
        ) : (
          <Judgement
            item={item}
            flagged={flagged}
            ready={ready}
            deciding={deciding}
            wait={hasty && !seen}
            onFlag={(code) => setFlagged((now) => toggled(now, code))}
            onPoint={setPointed}
            onCompare={compare}
            onApprove={() => decide({ kind: 'approve' })}
            onReject={() => setChoosing(true)}
          />
        )}
      </aside>
      <KeyLegend choosing={choosing} hasReference={item.hasReference} mayTakeBack={mayTakeBack} />
    </div>
  );
}

/** After a click the next Enter is the page's again, not the clicked button's. */
function leaveToKeys({ target, detail }: MouseEvent): void {
  const byPointer = detail > 0;
  if (byPointer && target instanceof Element) target.closest('button')?.blur();
}

function toggled(set: ReadonlySet<string>, code: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(code)) next.add(code);
  return next;
}

function useDecide(desk: ReviewDesk): (decision: Decision) => void {
  const { t } = useLanguage();
  const notify = useNotify();
  const tell = (decision: Decision, failure: Failure | undefined) => {
    if (failure) notify.failed(failure);
    else notify.success(decision.kind === 'approve' ? t.review.approved : t.review.rejected);
  };
  return (decision) => void desk.decide(decision).then((failure) => tell(decision, failure));
}

/** Puts the photo back; a failure is told, as nothing on the screen would. */
function useRelease(desk: ReviewDesk): () => void {
  const notify = useNotify();
  return () =>
    void desk.release().then((failure) => {
      if (failure) notify.failed(failure);
    });
}

type PhotosProps = {
  readonly item: ReviewItem;
  /** Those of the judgement; while reasons are chosen, letters are theirs. */
  readonly keys: KeyMap;
  readonly choosing: boolean;
  readonly pointed: string | undefined;
  readonly comparing: boolean;
  readonly onShown: (kind: PhotoKind) => void;
};

/** Original (or the record's photo in its place) and standard photo, side by side. */
function Photos({ item, keys, choosing, pointed, comparing, onShown }: PhotosProps) {
  const { t } = useLanguage();
  const [zoomed, setZoomed] = useState(false);
  const [boxes, setBoxes] = useState(true);
  const [norm, setNorm] = useState(false);
  const watermark = useWatermark();
  useKeys({
    ...(choosing ? {} : { ...keys, KeyH: () => setBoxes(!boxes), KeyG: () => setNorm(!norm) }),
    Space: () => setZoomed(!zoomed),
  });
  const key = { orderId: item.order.orderId, photoId: item.photoId };
  const pane = { watermark, zoomed, onZoom: () => setZoomed(!zoomed) };
  const left = comparing ? 'reference' : 'original';
  return (
    <>
      <PhotoPane
        {...pane}
        photo={{ ...key, kind: left }}
        title={t.review[left]}
        facts={comparing ? null : `${item.original.width} × ${item.original.height}`}
        onShown={() => onShown(left)}
      >
        {boxes && !comparing ? (
          <HintBoxes checks={item.report.checks} highlighted={pointed} />
        ) : null}
      </PhotoPane>
      <PhotoPane
        {...pane}
        photo={{ ...key, kind: 'standard' }}
        title={t.review.standard}
        facts={standardFacts(item, t.review.kb)}
        onShown={() => onShown('standard')}
      >
        {norm ? <NormOverlay report={item.report} /> : null}
      </PhotoPane>
    </>
  );
}

function standardFacts({ standard, report }: ReviewItem, unit: string): string {
  const size = report.output ? `${report.output.width} × ${report.output.height} · ` : '';
  return `${size}${(standard.bytes / 1024).toFixed(1)} ${unit}`;
}

/** Account and time, renewed every minute. */
function useWatermark(): string {
  const { account } = useStaff();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return `${account} ${dateTime(now)}`;
}

type JudgementProps = {
  readonly item: ReviewItem;
  readonly flagged: ReadonlySet<string>;
  readonly ready: boolean;
  readonly deciding: boolean;
  /** A decision was wanted before the photos were seen. */
  readonly wait: boolean;
  readonly onFlag: (code: string) => void;
  readonly onPoint: (code: string | undefined) => void;
  readonly onCompare: () => void;
  readonly onApprove: () => void;
  readonly onReject: () => void;
};

/** Green: the colours of the two decisions must never be taken for one another. */
const APPROVE_THEME = { token: { colorPrimary: '#0a7346' } };

function Judgement(props: JudgementProps) {
  const { t } = useLanguage();
  const { item, flagged, ready, deciding } = props;
  const hint = flagged.size > 0 ? t.review.approveBlocked : ready ? '' : t.review.waitPhotos;
  return (
    <>
      <div className={styles.panels}>
        <ReleasePanel onSite={item.onSite} />
        <EarlierPanel earlier={item.earlier} />
        <IdentityPanel item={item} watermark={useWatermark()} onCompare={props.onCompare} />
        <ChecksPanel checks={item.report.checks} onPoint={props.onPoint} />
        <OnSitePanel item={item} />
        <QuestionsPanel flagged={flagged} onFlag={props.onFlag} />
      </div>
      {flagged.size > 0 ? <Alert banner type="warning" title={t.review.approveBlocked} /> : null}
      {props.wait ? <Alert banner type="info" title={t.review.notSeenYet} /> : null}
      <div className={styles.buttons}>
        <Button danger size="large" disabled={deciding} onClick={props.onReject}>
          {t.review.reject} <kbd>R</kbd>
        </Button>
        <ConfigProvider theme={APPROVE_THEME}>
          <Tooltip title={hint}>
            <Button
              type="primary"
              size="large"
              loading={deciding}
              disabled={!ready || flagged.size > 0}
              onClick={props.onApprove}
            >
              {t.review.approve} <kbd>A</kbd>
            </Button>
          </Tooltip>
        </ConfigProvider>
      </div>
    </>
  );
}
