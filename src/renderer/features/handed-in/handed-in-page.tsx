import { CalendarOutlined } from '@ant-design/icons';
import { isIn, type Journey } from '@gradshot/domain';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { journeyOfOrder } from '../../../shared/index.ts';
import { ask, type SessionAt, send, useSnapshot } from '../../state/station-store.ts';
import { day } from '../../ui/amounts.ts';
import card from '../../ui/card.module.css';
import { Page, type PageAction } from '../../ui/page.tsx';
import { Picture } from '../../ui/picture.tsx';
import { useLanguage, useSentence } from '../../ui/use-language.ts';
import { Handover } from '../handover/handover.tsx';
import { OfflinePromise } from '../offline/offline-promise.tsx';
import { VisitPrints } from '../printing/visit-prints.tsx';
import { Delivery } from './delivery.tsx';
import styles from './handed-in-page.module.css';
import { ReviewCourse } from './review-course.tsx';

type HandedIn = SessionAt<'handedIn'>;

/** Handed in: how it stands, by when, whether the server has it, and that one may go. */
export function HandedInPage({ session }: { session: HandedIn }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const { order, photoId } = session;
  const journey = journeyOfOrder(order);
  const { text } = journey;
  return (
    <Page
      aside={order.offline ? undefined : <Handover session={session} />}
      back
      // On its way, the delivery below says what comes next.
      lead={onItsWay(journey) ? undefined : sentence({ zh: text.nextZh, en: text.nextEn })}
      note={<Parting note={note(journey)} />}
      {...useActions(session)}
      step="handedIn"
      title={sentence(text)}
    >
      <div className={styles.columns}>
        <div className={styles.main}>
          <section className={`${card.card} ${styles.course}`}>
            <ReviewCourse journey={journey} />
            <ReviewPromise session={session} />
          </section>
          <Reasons session={session} />
          <OfflinePromise order={order} />
          <DeliveryNews session={session} />
          <p
            className={card.quiet}
          >{`${t(order.offline ? 'offline.number' : 'handedIn.orderNo')} ${order.orderNo}　${order.school}`}</p>
          <VisitPrints />
        </div>
        {photoId !== undefined && (
          <figure className={styles.photo}>
            <Picture alt={t('handedIn.yourPhoto')} kind="standard" photoId={photoId} />
            <figcaption className={card.quiet}>{t('handedIn.yourPhoto')}</figcaption>
          </figure>
        )}
      </div>
    </Page>
  );
}

/** Name and photo do not stay: in how many seconds they go, for all to see. */
function Parting({ note: advice }: { note: ReturnType<typeof note> }) {
  const { t } = useTranslation();
  const seconds = useSnapshot().leavesInSeconds;
  if (seconds === undefined) return advice && t(advice);
  return (
    <span className={styles.parting} data-testid="leaves-in">
      {t('handedIn.leavesIn', { seconds })}
      <Button onClick={() => void ask('station.touch', {})} size="large">
        {t('handedIn.stay')}
      </Button>
    </span>
  );
}

function onItsWay({ step }: Journey): boolean {
  return step === 'handedIn';
}

/** Later on, that the photo arrived is no news any more. */
function DeliveryNews({ session: { order } }: { session: HandedIn }) {
  if (order.local?.step === 'handedIn') return <Delivery delivery={order.local.delivery} />;
  return isIn(order.state, 'review') ? <Delivery delivery="arrived" /> : null;
}

/** The one advice that fits the state. */
function note(journey: Journey) {
  const { state } = journey;
  if (isIn(state, 'review')) return 'handedIn.inReviewNote';
  return state === 'publishing' || state === 'published' ? 'handedIn.checkNote' : undefined;
}

/** Another shot where the order asks for one or the server will never take this one; else go. */
function useActions({ order }: HandedIn) {
  const { t } = useTranslation();
  const leave: PageAction = {
    id: 'finish',
    label: t('handedIn.leave'),
    onPress: () => void send('session.leave', {}),
  };
  const { state } = journeyOfOrder(order);
  const again = state === 'rejected' || state === 'pendingCapture';
  const { offline, local } = order;
  // What was taken offline is staff's to settle.
  const stuck = !offline && local?.step === 'handedIn' && local.delivery === 'parked';
  if (!again && !stuck) return { primary: leave, secondary: undefined };
  const retake: PageAction = {
    id: 'retake',
    label: t('orderDetail.retake'),
    onPress: () => void send(again ? 'session.beginOrder' : 'session.retake', {}),
  };
  return again ? { primary: retake, secondary: leave } : { primary: leave, secondary: retake };
}

function ReviewPromise({ session }: { session: HandedIn }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { state, promisedAt } = session.order;
  if (!isIn(state, 'review')) return null;
  return (
    <p className={styles.promise} data-testid="promise">
      <CalendarOutlined />
      {promisedAt
        ? t('handedIn.promised', { date: day(promisedAt, language) })
        : t('handedIn.promisedUnknown')}
    </p>
  );
}

function Reasons({ session }: { session: HandedIn }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const { state, reasons } = session.order;
  if (state !== 'rejected' || reasons.length === 0) return null;
  return (
    <section className={styles.reasons} data-testid="reasons">
      <h2 className={card.heading}>{t('orderDetail.reasons')}</h2>
      <ul>
        {reasons.map((reason) => (
          <li key={reason.code}>{sentence(reason)}</li>
        ))}
      </ul>
    </section>
  );
}
