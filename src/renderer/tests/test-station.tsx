import { fail, type Result } from '@gradshot/domain';
import { buildStudent } from '@gradshot/testkit';
import { act, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import type {
  CommandName,
  OrderView,
  SessionView,
  StationBridge,
  StationSnapshot,
  StudentView,
} from '../../shared/index.ts';
import { i18n } from '../i18n/i18n.ts';
import { connectStation } from '../state/station-store.ts';

/** A station for component tests: it shows what it is told to and notes what it is sent. */
export type TestStation = {
  readonly sent: { readonly name: CommandName; readonly payload: unknown }[];
  show(changes: Partial<StationSnapshot>): void;
  /** The answer to that command from now on. */
  answer(name: CommandName, result: Result<unknown>): void;
};

export const student: StudentView = buildStudent() as StudentView;

export function order(changes: Partial<OrderView> = {}): OrderView {
  return {
    orderId: '6f0c3a52-7a39-4f0e-9f5e-2d3a3d1f8f01',
    orderNo: 'G2026112300001',
    state: 'pendingPayment',
    batchName: '2027 届毕业生图像采集',
    school: '江海大学',
    priceFen: 2500,
    profileId: 'chsi-480x640',
    updatedAt: '2026-11-23T01:00:00.000Z',
    reasons: [],
    ...changes,
  };
}

/** What is offered before the payment, with both consents. */
export function serviceSession(): Extract<SessionView, { step: 'service' }> {
  const consent = (kind: 'service' | 'faceProcessing', zh: string) => ({
    ...{ kind, version: '1', zh, en: kind },
  });
  return {
    step: 'service',
    student,
    order: order(),
    service: {
      priceFen: 2500,
      items: [{ zh: '图像采集', en: 'Photo' }],
      consents: [consent('service', '服务'), consent('faceProcessing', '人脸')],
    },
  };
}

export function snapshotAt(session: SessionView): StationSnapshot {
  return {
    revision: 1,
    language: 'zh',
    station: {
      enrolled: true,
      sample: false,
      version: '0.1.0',
      pace: 'stepwise',
      voiceVolume: 0,
      rights: [],
      staffUnlocked: false,
    },
    connection: { online: true, outbox: 0, parked: 0 },
    imaging: { ready: true },
    session,
    busy: false,
  };
}

/** Connects the mirror to a station at `session`. */
export async function startStation(session: SessionView): Promise<TestStation> {
  // A test about words and buttons needs no picture.
  const answers = new Map<CommandName, Result<unknown>>([['picture.read', fail('photo.notFound')]]);
  const sent: TestStation['sent'] = [];
  let shown = snapshotAt(session);
  let tell: (snapshot: StationSnapshot) => void = () => undefined;
  const bridge = {
    shell: 'browser',
    async invoke(name: CommandName, payload: unknown) {
      if (name === 'station.snapshot') return { ok: true, value: shown };
      sent.push({ name, payload });
      return answers.get(name) ?? { ok: true, value: null };
    },
    subscribe(listener: typeof tell) {
      tell = listener;
      return () => undefined;
    },
  };
  await act(async () => void connectStation(bridge as unknown as StationBridge));
  return {
    sent,
    answer: (name, result) => void answers.set(name, result),
    show(changes) {
      shown = { ...shown, ...changes, revision: shown.revision + 1 };
      act(() => tell(shown));
    },
  };
}

export function renderPage(page: ReactNode) {
  return render(<I18nextProvider i18n={i18n}>{page}</I18nextProvider>);
}
