import type { ConsoleStation } from '@gradshot/contract';
import { STATION_RIGHT_TEXT, STATION_RIGHTS, type StationRight } from '@gradshot/domain';
import { useQueryClient } from '@tanstack/react-query';
import { Modal, Switch } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import page from '../../ui/page.module.css';
import { useNotify } from '../../ui/use-notify.ts';
import { ReasonForm } from './reason-form.tsx';
import styles from './stations-page.module.css';

export type RightWish = { readonly station: ConsoleStation; readonly right: StationRight };

type StationRightsProps = {
  readonly station: ConsoleStation;
  readonly onGrant: (wish: RightWish) => void;
};

/** What the staff of a station may do, behind its PIN; each is off until it is granted. */
export function StationRights({ station, onGrant }: StationRightsProps) {
  const { t, language } = useLanguage();
  return (
    <ul className={styles.rights}>
      {STATION_RIGHTS.map((right) => (
        <li key={right}>
          <Switch
            aria-label={STATION_RIGHT_TEXT[right][language]}
            checked={station.rights.includes(right)}
            onChange={() => onGrant({ station, right })}
            size="small"
          />
          <span>{STATION_RIGHT_TEXT[right][language]}</span>
          <span className={page.lead}>{t.stations.rightLead[right]}</span>
        </li>
      ))}
    </ul>
  );
}

/** Asks why, as for every other act on a station. */
export function StationRightDialog({
  station,
  right,
  onClose,
}: RightWish & { readonly onClose: () => void }) {
  const { t, language } = useLanguage();
  const notify = useNotify();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const { stationId, name, school } = station;
  const granted = !station.rights.includes(right);
  const send = async ({ reason }: { reason: string }) => {
    setBusy(true);
    const body = { right, granted, reason };
    const answer = await client.call('grantStationRight', { params: { stationId }, body });
    setBusy(false);
    void queries.invalidateQueries({ queryKey: ['stations'] });
    if (!answer.ok) return notify.failed(answer.error);
    notify.success(granted ? t.stations.nowGranted : t.stations.nowWithdrawn);
    onClose();
  };
  const action = granted ? t.stations.grant : t.stations.withdraw;
  return (
    <Modal
      open
      title={`${action}「${STATION_RIGHT_TEXT[right][language]}」 · ${name}（${school}）`}
      onCancel={onClose}
      confirmLoading={busy}
      okText={action}
      okButtonProps={{ htmlType: 'submit', form: 'station-right', danger: !granted }}
    >
      <p className={styles.lead}>{t.stations.rightLead[right]}</p>
      <ReasonForm id="station-right" onReason={send} />
    </Modal>
  );
}
