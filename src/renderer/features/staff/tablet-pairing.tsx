import { CheckCircleOutlined, ClockCircleOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PairingView, TabletListener, TabletsView } from '../../../shared/index.ts';
import { send, useBusy } from '../../state/station-store.ts';
import { clock } from '../../ui/amounts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogAnswers } from '../../ui/dialog-answers.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { useSecondsLeft } from '../../ui/use-seconds-left.ts';
import { StaffFailure } from './staff-failure.tsx';
import pageStyles from './staff-page.module.css';
import styles from './tablet-access.module.css';

type TabletPairingProps = { readonly tablets: TabletsView; readonly onClose: () => void };

const LONGEST_NAME = 20;

/** 配对新平板: what it is called, its code, and what became of it. */
export function TabletPairing({ tablets, onClose }: TabletPairingProps) {
  const { t } = useTranslation();
  const { listener, pairing, paired } = tablets;
  const [name, setName] = useState(() =>
    t('staff.tablets.proposed', { number: paired.length + 1 }),
  );
  /** How many were paired when the code was made. */
  const [before, setBefore] = useState<number>();
  const open = async () => {
    const opened = await send('staff.openPairing', { name });
    if (opened.ok) setBefore(paired.length);
  };
  const close = () => {
    if (pairing) void send('staff.closePairing', {});
    onClose();
  };
  const stage =
    before === undefined
      ? 'name'
      : pairing && listener.kind === 'open'
        ? 'code'
        : paired.length > before
          ? 'done'
          : 'over';
  return (
    <Dialog
      actions={<Answers name={name} onClose={close} onOpen={() => void open()} stage={stage} />}
      closable={false}
      onClose={close}
      open
      testId="pairing-dialog"
      title={t('staff.tablets.pairNew')}
      wide={stage === 'code'}
    >
      {stage === 'name' && <Naming name={name} onChange={setName} />}
      {stage === 'code' && pairing && listener.kind === 'open' && (
        <PairingCode listener={listener} pairing={pairing} />
      )}
      {stage === 'done' && (
        <EmptyState
          detail={t('staff.tablets.doneDetail')}
          icon={<CheckCircleOutlined />}
          title={t('staff.tablets.done', { name: paired.at(-1)?.name })}
        />
      )}
      {stage === 'over' && (
        <EmptyState
          detail={t('staff.tablets.overDetail')}
          icon={<ClockCircleOutlined />}
          title={t('staff.tablets.over')}
        />
      )}
      <StaffFailure />
    </Dialog>
  );
}

type AnswersProps = {
  readonly stage: 'name' | 'code' | 'done' | 'over';
  readonly name: string;
  readonly onOpen: () => void;
  readonly onClose: () => void;
};

function Answers({ stage, name, onOpen, onClose }: AnswersProps) {
  const { t } = useTranslation();
  const busy = useBusy();
  if (stage === 'code' || stage === 'done')
    return (
      <Button data-testid="pairing-close" onClick={onClose} size="large">
        {t(stage === 'done' ? 'app.close' : 'staff.tablets.stop')}
      </Button>
    );
  return (
    <DialogAnswers
      confirm={{
        id: 'open-pairing',
        label: t(stage === 'over' ? 'staff.tablets.again' : 'staff.tablets.makeCode'),
        onPress: onOpen,
        disabled: name.trim() === '',
        busy,
      }}
      onCancel={onClose}
    />
  );
}

function Naming({ name, onChange }: { name: string; onChange: (name: string) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <p className={pageStyles.quiet}>{t('staff.tablets.pairLead')}</p>
      <label className={styles.name} htmlFor="tablet-name">
        <span>{t('staff.tablets.name')}</span>
        <Input
          autoComplete="off"
          data-testid="tablet-name"
          id="tablet-name"
          maxLength={LONGEST_NAME}
          onChange={(event) => onChange(event.target.value)}
          size="large"
          value={name}
        />
      </label>
    </>
  );
}

type PairingCodeProps = {
  readonly listener: Extract<TabletListener, { kind: 'open' }>;
  readonly pairing: PairingView;
};

function PairingCode({ listener, pairing }: PairingCodeProps) {
  const { t } = useTranslation();
  const { addresses, port, fingerprint } = listener;
  const [chosen, setChosen] = useState(0);
  const seconds = useSecondsLeft(pairing.expiresAt);
  const { address = '' } = addresses[chosen] ?? addresses[0] ?? {};
  const link = `https://${address}:${port}`;
  return (
    <div className={styles.window}>
      <div className={styles.code}>
        <QrCode label={t('staff.tablets.qr')} text={`${link}/#${pairing.secret}`} />
        <p className={styles.digits} data-testid="pairing-code">
          {`${pairing.code.slice(0, 4)} ${pairing.code.slice(4)}`}
        </p>
        <p className={styles.left}>{t('staff.tablets.left', { time: clock(seconds) })}</p>
      </div>
      <ol className={styles.steps}>
        <li>
          <span>{t('staff.tablets.stepOpen')}</span>
          <span className={styles.address} data-testid="tablet-address">
            {link}
          </span>
          {addresses.length > 1 && (
            <span className={styles.addresses}>
              {addresses.map((each, index) => (
                <Button
                  key={each.address}
                  onClick={() => setChosen(index)}
                  type={index === chosen ? 'primary' : 'default'}
                >
                  {`${each.network} ${each.address}`}
                </Button>
              ))}
            </span>
          )}
        </li>
        <li>
          <span>{t('staff.tablets.stepTrust')}</span>
          <span className={styles.fingerprint} data-testid="fingerprint">
            {fingerprint.split(' ').map((group, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: groups repeat, and stay where they are
              <span key={index}>{group}</span>
            ))}
          </span>
        </li>
        <li>{t('staff.tablets.stepCode')}</li>
      </ol>
    </div>
  );
}
