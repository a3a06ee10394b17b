import { errorSentence } from '@gradshot/domain';
import { Button } from 'antd';
import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dismissFailure, showFailure } from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useLanguage } from '../../ui/use-language.ts';
import {
  type CarriedPhoto,
  type ChosenFiles,
  carry,
  lookIntoFiles,
  stopsAll,
} from './photo-carrying.ts';
import styles from './photo-stick.module.css';
import { StaffFailure } from './staff-failure.tsx';
import rows from './staff-page.module.css';

/** 交回 U 盘里的照片. What was handed in stays so; doing it again is harmless. */
export function HandInDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const { chosen, busy, choose, goOn } = useHandingIn();
  const left = chosen?.photos.filter((x) => x.outcome === undefined).length ?? 0;
  const pick = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(target.files ?? [])];
    // The same file chosen again must count again.
    target.value = '';
    if (files.length > 0) void choose(files);
  };
  return (
    <Dialog
      actions={
        <>
          {left > 0 && !busy && (
            <Button data-testid="hand-in-again" onClick={() => void goOn()} size="large">
              {t('staff.stick.again')}
            </Button>
          )}
          <Button
            data-testid="choose-photo-files"
            loading={busy}
            onClick={() => input.current?.click()}
            size="large"
            type={chosen ? 'default' : 'primary'}
          >
            {t(chosen ? 'staff.stick.chooseOthers' : 'staff.stick.choose')}
          </Button>
        </>
      }
      closable={!busy}
      onClose={() => !busy && onClose()}
      open
      testId="hand-in-dialog"
      title={t('staff.stick.handIn')}
      wide
    >
      <div className={styles.body}>
        <p className={styles.lead}>{t('staff.stick.handInLead')}</p>
        <StaffFailure />
        {chosen && <Outcomes chosen={chosen} />}
      </div>
      <input
        accept=".photos"
        data-testid="photo-files"
        hidden
        multiple
        onChange={pick}
        ref={input}
        type="file"
      />
    </Dialog>
  );
}

function useHandingIn() {
  const [chosen, setChosen] = useState<ChosenFiles>();
  const [busy, setBusy] = useState(false);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);
  /** One after the other, so that one photo at a time lies in memory. */
  const run = async (found: ChosenFiles) => {
    let photos = [...found.photos];
    setChosen({ ...found, photos });
    for (const [index, photo] of photos.entries()) {
      if (photo.outcome || gone.current) continue;
      const carried = await carry(photo);
      photos = photos.with(index, carried);
      setChosen({ ...found, photos });
      if (carried.failure && stopsAll(carried.failure)) return showFailure(carried.failure);
    }
  };
  const busily = async (work: () => Promise<void>) => {
    dismissFailure();
    setBusy(true);
    await work();
    setBusy(false);
  };
  return {
    chosen,
    busy,
    choose: (files: readonly File[]) => busily(async () => run(await lookIntoFiles(files))),
    goOn: () => busily(async () => chosen && run(chosen)),
  };
}

function Outcomes({ chosen: { photos, refused } }: { chosen: ChosenFiles }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const count = (outcome: CarriedPhoto['outcome']) =>
    photos.filter((photo) => photo.outcome === outcome).length;
  return (
    <>
      <p className={styles.summary} data-testid="hand-in-summary">
        {t('staff.stick.summary', {
          handedIn: count('handedIn'),
          there: count('thereAlready'),
          left: count(undefined),
        })}
      </p>
      <ul className={rows.rows} data-testid="hand-in-outcomes">
        {refused.map(({ fileName, failure }) => (
          <li className={rows.row} data-level="fail" key={fileName}>
            <span className={rows.rowLevel}>{t('staff.stick.outcome.refused')}</span>
            <span className={rows.rowMain}>
              {fileName}
              <small className={rows.rowError}>{errorSentence(failure, language)}</small>
            </span>
          </li>
        ))}
        {photos.map((carried) => (
          <Outcome carried={carried} key={`${carried.file.name} ${carried.photo.photoId}`} />
        ))}
      </ul>
    </>
  );
}

const LEVEL = { handedIn: 'pass', thereAlready: 'pass', refused: 'fail', waiting: 'wait' } as const;

function Outcome({ carried }: { carried: CarriedPhoto }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { outcome, failure, photo, stationName } = carried;
  const shown = outcome ?? (failure ? 'refused' : 'waiting');
  return (
    <li className={rows.row} data-level={LEVEL[shown]} data-outcome={shown}>
      <span className={rows.rowLevel}>{t(`staff.stick.outcome.${shown}`)}</span>
      <span className={rows.rowMain}>
        {`${t('staff.outboxOrder')} ${photo.orderNo}`}
        <small>{t('staff.stick.from', { name: stationName })}</small>
        {failure && <small className={rows.rowError}>{errorSentence(failure, language)}</small>}
      </span>
    </li>
  );
}
