import { lazy, type ReactElement } from 'react';
import type { Pace, SessionView } from '../shared/index.ts';
import { HandedInPage } from './features/handed-in/handed-in-page.tsx';
import { IdentifyPage } from './features/identify/identify-page.tsx';
import { JudgedPage } from './features/judged/judged-page.tsx';
import { JudgingPage } from './features/judging/judging-page.tsx';
import { KeptPage } from './features/kept/kept-page.tsx';
import { OrderDetailPage } from './features/order-detail/order-detail-page.tsx';
import { OrdersPage } from './features/orders/orders-page.tsx';
import { PayAtOncePage } from './features/payment/pay-at-once-page.tsx';
import { PaymentPage } from './features/payment/payment-page.tsx';
import { RequirementsPage } from './features/requirements/requirements-page.tsx';
import { ReviewShotPage } from './features/review-shot/review-shot-page.tsx';
import { ServicePage } from './features/service/service-page.tsx';
import { VerifyPage } from './features/verify/verify-page.tsx';
import { WelcomePage } from './features/welcome/welcome-page.tsx';
import type { SessionAt } from './state/station-store.ts';

const loadScan = () => import('./features/scan/scan-page.tsx');
const loadCamera = () => import('./features/camera/camera-page.tsx');
const ScanPage = lazy(loadScan);
const CameraPage = lazy(loadCamera);

/** Fetches the two heavy pages while nobody waits for them. */
export function preloadPages(): void {
  const idle = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 1000));
  // What fails here is fetched again, and its failure told, when the page is wanted.
  idle(() => void Promise.allSettled([loadScan(), loadCamera()]));
}

/** One page for two steps: what was ticked stays on it. */
const payAtOnce = (session: SessionAt<'service' | 'payment'>) => (
  <PayAtOncePage key={session.order.orderId} session={session} />
);

type SessionPageProps = {
  readonly session: SessionView;
  readonly pace: Pace;
  /** Opens the staff page. */
  readonly onStaff: () => void;
};

/** The page of the present step; the key gives every order and shot a page of its own. */
export function SessionPage({ session, pace, onStaff }: SessionPageProps): ReactElement {
  const express = pace === 'express';
  switch (session.step) {
    case 'welcome':
      return <WelcomePage />;
    case 'scanCode':
      return <ScanPage session={session} />;
    case 'identify':
      return <IdentifyPage onStaff={onStaff} />;
    case 'verify':
      return <VerifyPage session={session} />;
    case 'orders':
      return <OrdersPage session={session} />;
    case 'orderDetail':
      return <OrderDetailPage key={session.order.orderId} session={session} />;
    case 'service':
      // Without the network nothing is paid here.
      return express && !session.order.offline ? (
        payAtOnce(session)
      ) : (
        <ServicePage key={session.order.orderId} session={session} />
      );
    case 'payment':
      return express ? payAtOnce(session) : <PaymentPage session={session} />;
    case 'requirements':
      return <RequirementsPage session={session} />;
    case 'camera':
      return <CameraPage session={session} />;
    case 'reviewShot':
      return <ReviewShotPage session={session} />;
    case 'kept':
      return <KeptPage session={session} />;
    case 'judging':
      return <JudgingPage session={session} />;
    case 'judged':
      return <JudgedPage key={session.shot.photoId} session={session} />;
    case 'handedIn':
      return <HandedInPage session={session} />;
  }
}
