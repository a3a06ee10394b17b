import type { StaffRight } from '@gradshot/domain';
import type { ComponentType, ReactNode } from 'react';
import { createBrowserRouter, Navigate } from 'react-router';
import { mayAct, useStaff } from './api/session.tsx';
import { BatchesPage } from './features/batches/batches-page.tsx';
import { CalendarPage } from './features/calendar/calendar-page.tsx';
import { ChatPage } from './features/chat/chat-page.tsx';
import { ServicePage } from './features/customer-service/service-page.tsx';
import { DashboardPage } from './features/dashboard/dashboard-page.tsx';
import { BillsPage } from './features/money/bills-page.tsx';
import { PaymentsPage } from './features/money/payments-page.tsx';
import { TotalsPage } from './features/money/totals-page.tsx';
import { OrderPage } from './features/orders/order-page.tsx';
import { OrdersPage } from './features/orders/orders-page.tsx';
import { ExportPage } from './features/publishing/export-page.tsx';
import { NewExportPage } from './features/publishing/new-export-page.tsx';
import { PublishingPage } from './features/publishing/publishing-page.tsx';
import { RefundsPage } from './features/refunds/refunds-page.tsx';
import { ReviewPage } from './features/review/review-page.tsx';
import { ImportPage } from './features/roster/import-page.tsx';
import { RosterPage } from './features/roster/roster-page.tsx';
import { StaffPage } from './features/staff/staff-page.tsx';
import { StationsPage } from './features/stations/stations-page.tsx';
import { ForbiddenPage, MissingPage } from './layout/dead-ends.tsx';
import { SessionGate } from './layout/session-gate.tsx';

function Guarded({ right, children }: { right: StaffRight; children: ReactNode }) {
  return mayAct(useStaff(), right) ? children : <ForbiddenPage />;
}

const page = (path: string, Page: ComponentType, right?: StaffRight) => ({
  path,
  element: right ? (
    <Guarded right={right}>
      <Page />
    </Guarded>
  ) : (
    <Page />
  ),
});

export const router = createBrowserRouter(
  [
    {
      path: '/',
      element: <SessionGate />,
      children: [
        { index: true, element: <Navigate to="/dashboard" replace /> },
        page('dashboard', DashboardPage),
        page('review', ReviewPage, 'review'),
        page('orders', OrdersPage, 'seeOrders'),
        page('orders/:orderId', OrderPage, 'seeOrders'),
        page('chat', ChatPage, 'chat'),
        page('chat/:accountId', ChatPage, 'chat'),
        page('service', ServicePage, 'keepService'),
        page('refunds', RefundsPage, 'askRefund'),
        { path: 'money', element: <Navigate to="/money/payments" replace /> },
        page('money/payments', PaymentsPage, 'seeMoney'),
        page('money/bills', BillsPage, 'seeMoney'),
        page('money/totals', TotalsPage, 'seeMoney'),
        page('publishing', PublishingPage, 'publish'),
        page('publishing/new', NewExportPage, 'publish'),
        page('publishing/:exportId', ExportPage, 'publish'),
        page('batches', BatchesPage),
        page('batches/:batchId', RosterPage, 'seeRosters'),
        page('batches/:batchId/import', ImportPage, 'keepRosters'),
        page('stations', StationsPage),
        page('calendar', CalendarPage, 'keepSchools'),
        page('staff', StaffPage, 'keepStaff'),
        page('*', MissingPage),
      ],
    },
  ],
  { basename: '/console' },
);
