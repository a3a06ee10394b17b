import { TabletOutlined } from '@ant-design/icons';
import { Button, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PairedTabletView, TabletListener, TabletsView } from '../../../shared/index.ts';
import { dismissFailure, send, useBusy, useSnapshot } from '../../state/station-store.ts';
import { moment } from '../../ui/amounts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogAnswers } from '../../ui/dialog-answers.tsx';
import { useLanguage } from '../../ui/use-language.ts';
import { StaffFailure } from './staff-failure.tsx';
import pageStyles from './staff-page.module.css';
import styles from './tablet-access.module.css';
import { TabletPairing } from './tablet-pairing.tsx';

/** 平板: whether tablets reach the station, how, and which do. */
export function TabletAccess() {
  const { tablets } = useSnapshot();
  return tablets ? <Access tablets={tablets} /> : null;
}

function Access({ tablets }: { tablets: TabletsView }) {
  const { t } = useTranslation();
  const busy = useBusy();
  const [pairing, setPairing] = useState(false);
  const { on, listener, paired } = tablets;
  const pair = () => {
    dismissFailure();
    setPairing(true);
  };
  return (
    <section className={pageStyles.pace} data-testid="tablet-access">
      <h2 className={pageStyles.paceTitle} id="tablets-title">
        {t('staff.tablets.title')} · {t(on ? 'staff.tablets.on' : 'staff.tablets.off')}
      </h2>
      <div className={styles.tools}>
        <Switch
          aria-labelledby="tablets-title"
          checked={on}
          data-testid="tablets-switch"
          disabled={busy}
          onChange={(next) => void send('staff.setTablets', { on: next })}
        />
        {listener.kind === 'open' && (
          <Button data-testid="pair-tablet" icon={<TabletOutlined />} onClick={pair} size="large">
            {t('staff.tablets.pairNew')}
          </Button>
        )}
        {listener.kind === 'portTaken' && <AnotherPort taken={listener.port} />}
      </div>
      <ListenerState listener={listener} />
      {paired.length > 0 && (
        <ul className={styles.tablets} data-testid="paired-tablets">
          {paired.map((tablet) => (
            <Tablet key={tablet.id} tablet={tablet} />
          ))}
        </ul>
      )}
      {pairing && <TabletPairing onClose={() => setPairing(false)} tablets={tablets} />}
    </section>
  );
}

function AnotherPort({ taken }: { taken: number }) {
  const { t } = useTranslation();
  const port = taken + 1;
  return (
    <Button
      data-testid="another-port"
      onClick={() => void send('staff.setTablets', { on: true, port })}
      size="large"
    >
      {t('staff.tablets.anotherPort', { port })}
    </Button>
  );
}

function ListenerState({ listener }: { listener: TabletListener }) {
  const { t } = useTranslation();
  switch (listener.kind) {
    case 'off':
      return <p className={pageStyles.quiet}>{t('staff.tablets.lead')}</p>;
    case 'opening':
      return <p className={pageStyles.quiet}>{t('staff.tablets.opening')}</p>;
    case 'noNetwork':
      return <Trouble says={t('staff.tablets.noNetwork')} />;
    case 'portTaken':
      return <Trouble says={t('staff.tablets.portTaken', { port: listener.port })} />;
    case 'failed':
      return <Trouble says={t('staff.tablets.failed', { reason: listener.reason })} />;
    case 'open':
      return (
        <>
          <p className={pageStyles.quiet}>
            {t('staff.tablets.reachable', {
              addresses: listener.addresses
                .map(({ address }) => `https://${address}:${listener.port}`)
                .join(' · '),
            })}
          </p>
          {listener.renewed && <Trouble says={t(`staff.tablets.renewed.${listener.renewed}`)} />}
        </>
      );
  }
}

function Trouble({ says }: { says: string }) {
  return (
    <p className={styles.trouble} data-testid="tablets-trouble" role="status">
      {says}
    </p>
  );
}

function Tablet({ tablet }: { tablet: PairedTabletView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [asking, setAsking] = useState(false);
  const { id, name, connected, unlocked } = tablet;
  const state = !connected ? 'away' : unlocked ? 'unlocked' : 'connected';
  const unpair = async () => {
    const done = await send('staff.unpairTablet', { id });
    if (done.ok) setAsking(false);
  };
  return (
    <li className={pageStyles.row}>
      <p className={pageStyles.rowMain}>
        <span>{name}</span>
        <small>
          {t(connected ? 'staff.tablets.paired' : 'staff.tablets.seen', {
            paired: moment(tablet.pairedAt, language),
            seen: moment(tablet.lastSeenAt, language),
          })}
        </small>
      </p>
      <span className={styles.state} data-state={state}>
        {t(`staff.tablets.states.${state}`)}
      </span>
      <Button data-testid={`unpair-${name}`} onClick={() => setAsking(true)} size="large">
        {t('staff.tablets.unpair')}
      </Button>
      <Dialog
        actions={
          <DialogAnswers
            confirm={{
              id: 'unpair-confirm',
              label: t('staff.tablets.unpair'),
              onPress: () => void unpair(),
              danger: true,
            }}
            onCancel={() => setAsking(false)}
          />
        }
        closable={false}
        onClose={() => setAsking(false)}
        open={asking}
        testId="unpair-dialog"
        title={t('staff.tablets.unpairAsk', { name })}
      >
        <p className={pageStyles.quiet}>{t('staff.tablets.unpairLead')}</p>
        <StaffFailure />
      </Dialog>
    </li>
  );
}
