import { CalendarOutlined } from '@ant-design/icons';
import { ORDER_STATE_TEXT } from '@gradshot/domain';
import { useTranslation } from 'react-i18next';
import { type SessionAt, send } from '../../state/station-store.ts';
import { day } from '../../ui/amounts.ts';
import card from '../../ui/card.module.css';
import { Page, type PageAction } from '../../ui/page.tsx';
import { Picture } from '../../ui/picture.tsx';
import { useLanguage, useSentence } from '../../ui/use-language.ts';
import { Handover } from '../handover/handover.tsx';
import { Delivery } from './delivery.tsx';
import { ReviewCourse } from './review-course.tsx';
import styles from './submitted-page.module.css';

type Submitted = SessionAt<'submitted'>;

/** Handed in: how it stands, by when, whether the server has it, and that one may go. */
export function SubmittedPage({ session }: { session: Submitted }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const { order, photoId, delivery } = session;
  const text = ORDER_STATE_TEXT[order.state];
  // Later on, that the photo arrived is no news any more.
  const waiting = order.state === 'verifyingIdentity' || order.state === 'underReview';
  return (
    <Page
      aside={<Handover session={session} />}
      back
      lead={sentence({ zh: text.nextZh, en: text.nextEn })}
      note={note(order.state) && t(note(order.state) ?? 'submitted.checkNote')}
      {...useActions(session)}
      step="submitted"
      title={sentence(text)}
    >
      <div className={styles.columns}>
        <div className={styles.main}>
          <section className={`${card.card} ${styles.course}`}>
            <ReviewCourse state={order.state} />
            <ReviewPromise session={session} />
          </section>
          <Reasons session={session} />
          {(waiting || delivery !== 'delivered') && <Delivery delivery={delivery} />}
          <p
            className={card.quiet}
          >{`${t('submitted.orderNo')} ${order.orderNo}　${order.school}`}</p>
        </div>
        {photoId !== undefined && (
          <figure className={styles.photo}>
            <Picture alt={t('submitted.yourPhoto')} kind="standard" photoId={photoId} />
            <figcaption className={card.quiet}>{t('submitted.yourPhoto')}</figcaption>
          </figure>
        )}
      </div>
    </Page>
  );
}

/** The one advice that fits the state. */
function note(state: Submitted['order']['state']) {
  if (state === 'verifyingIdentity' || state === 'underReview') return 'submitted.inReviewNote';
  return state === 'publishing' || state === 'published' ? 'submitted.checkNote' : undefined;
}

/** Another shot where the order asks for one or the server will never take this one; else go. */
function useActions({ order, delivery, photoId }: Submitted) {
  const { t } = useTranslation();
  const leave: PageAction = {
    id: 'finish',
    label: t('submitted.leave'),
    onPress: () => void send('session.leave', {}),
  };
  const again = order.state === 'rejected' || order.state === 'pendingCapture';
  const stuck = delivery === 'parked' && photoId !== undefined;
  if (!again && !stuck) return { primary: leave, secondary: undefined };
  const retake: PageAction = {
    id: 'retake',
    label: t('orderDetail.retake'),
    onPress: () => void send(again ? 'session.beginOrder' : 'session.retake', {}),
  };
  return again ? { primary: retake, secondary: leave } : { primary: leave, secondary: retake };
}

function ReviewPromise({ session }: { session: Submitted }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { state, promisedAt } = session.order;
  if (state !== 'verifyingIdentity' && state !== 'underReview') return null;
  return (
    <p className={styles.promise} data-testid="promise">
      <CalendarOutlined />
      {promisedAt
        ? t('submitted.promised', { date: day(promisedAt, language) })
        : t('submitted.promisedUnknown')}
    </p>
  );
}

function Reasons({ session }: { session: Submitted }) {
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
