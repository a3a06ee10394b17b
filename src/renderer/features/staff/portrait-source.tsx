import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  PORTRAIT_SOURCES,
  type PortraitFinding,
  type PortraitSource,
  tetheredAdvice,
} from '../../../shared/index.ts';
import { ask, send, useBusy, useSnapshot } from '../../state/station-store.ts';
import { useLanguage } from '../../ui/use-language.ts';
import styles from './portrait-source.module.css';
import { SourcePlace } from './source-place.tsx';
import staff from './staff-page.module.css';

type Kind = PortraitSource['kind'];
const WEBCAM: PortraitSource = { kind: 'webcam' };

/** 照片来源: a webcam, a folder that a tethering program fills, or a camera on a cable. */
export function PortraitSourceChoice() {
  const { t } = useTranslation();
  const busy = useBusy();
  const present = useSnapshot().tethered?.source ?? WEBCAM;
  const [kind, setKind] = useState<Kind>(present.kind);
  const [place, setPlace] = useState(placeOf(present));
  const [tried, setTried] = useState<Tried>();
  const source = sourceOf(kind, place.trim());
  const changed = (next: string) => {
    setPlace(next);
    setTried(undefined);
  };
  return (
    <section className={`${staff.pace} ${styles.source}`} data-testid="portrait-source">
      <div className={styles.choice}>
        <h2 className={staff.paceTitle}>{t('staff.source')}</h2>
        <Radio.Group
          disabled={busy}
          onChange={({ target }) => {
            setKind(target.value as Kind);
            changed(target.value === present.kind ? placeOf(present) : '');
          }}
          value={kind}
        >
          {PORTRAIT_SOURCES.map((each) => (
            <Radio data-testid={`source-${each}`} key={each} value={each}>
              <strong>{t(`staff.sourceName.${each}`)}</strong>
              <span className={staff.paceDetail}>{t(`staff.sourceDetail.${each}`)}</span>
            </Radio>
          ))}
        </Radio.Group>
      </div>
      {kind !== 'webcam' && <SourcePlace kind={kind} onChange={changed} place={place} />}
      <div className={styles.acts}>
        {kind !== 'webcam' && <TryIt onTried={setTried} source={source} />}
        <UseIt present={present} source={source} />
        <Outcome isPresent={same(source, present)} tried={tried} />
      </div>
    </section>
  );
}

type Tried = { readonly level: 'pass' | 'fail'; readonly text: string };
type SourceProps = { readonly source: PortraitSource | undefined };

function TryIt({ source, onTried }: SourceProps & { onTried: (tried: Tried | undefined) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [running, setRunning] = useState(false);
  const found = ({ label, pictures }: PortraitFinding) =>
    pictures === undefined
      ? t('staff.sourceFoundCamera', { label })
      : t('staff.sourceFoundFolder', { count: pictures });
  const look = async () => {
    if (!source) return;
    setRunning(true);
    onTried(undefined);
    const result = await ask('staff.tryPortraitSource', { source });
    setRunning(false);
    onTried(
      result.ok
        ? { level: 'pass', text: found(result.value) }
        : { level: 'fail', text: tetheredAdvice(result.error.code, language) },
    );
  };
  return (
    <Button
      data-testid="try-source"
      disabled={!source}
      loading={running}
      onClick={() => void look()}
      size="large"
    >
      {t('staff.sourceTry')}
    </Button>
  );
}

function UseIt({ source, present }: SourceProps & { present: PortraitSource }) {
  const { t } = useTranslation();
  const busy = useBusy();
  const inUse = same(source, present);
  return (
    <Button
      data-testid="use-source"
      disabled={!source || inUse || busy}
      onClick={() => source && void send('staff.setPortraitSource', { source })}
      size="large"
      type="primary"
    >
      {inUse ? t('staff.sourceInUse') : t('staff.sourceUse')}
    </Button>
  );
}

/** What a try has found; else how the source in use fares. */
function Outcome({ tried, isPresent }: { tried: Tried | undefined; isPresent: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const state = useSnapshot().tethered?.state;
  const faring = (): Tried | undefined => {
    if (!isPresent || !state || state.kind === 'opening') return undefined;
    return state.kind === 'ready'
      ? { level: 'pass', text: t('staff.sourceReady', { label: state.label }) }
      : { level: 'fail', text: tetheredAdvice(state.code, language) };
  };
  const shown = tried ?? faring();
  return (
    <p
      aria-live="polite"
      className={styles.outcome}
      data-level={shown?.level}
      data-testid="source-outcome"
    >
      {shown?.text}
    </p>
  );
}

function placeOf(source: PortraitSource): string {
  if (source.kind === 'watchFolder') return source.folder;
  return source.kind === 'gphoto2' ? (source.program ?? '') : '';
}

/** Undefined while the folder is not named yet. */
function sourceOf(kind: Kind, place: string): PortraitSource | undefined {
  if (kind === 'webcam') return WEBCAM;
  if (kind === 'gphoto2') return place === '' ? { kind } : { kind, program: place };
  return place === '' ? undefined : { kind, folder: place };
}

function same(source: PortraitSource | undefined, other: PortraitSource): boolean {
  return source?.kind === other.kind && placeOf(source) === placeOf(other);
}
