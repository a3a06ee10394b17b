import type { StaffRole } from '@gradshot/contract';
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

function Guarded({ roles, children }: { roles: readonly StaffRole[]; children: ReactNode }) {
  return mayAct(useStaff(), ...roles) ? children : <ForbiddenPage />;
}

const page = (path: string, Page: ComponentType, roles?: readonly StaffRole[]) => ({
  path,
  element: roles ? (
    <Guarded roles={roles}>
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
        page('review', ReviewPage, ['reviewer']),
        page('orders', OrdersPage),
        page('orders/:orderId', OrderPage),
        page('chat', ChatPage, ['agent']),
        page('chat/:accountId', ChatPage, ['agent']),
        page('service', ServicePage, ['agent']),
        page('refunds', RefundsPage, ['agent']),
        { path: 'money', element: <Navigate to="/money/payments" replace /> },
        page('money/payments', PaymentsPage, ['administrator']),
        page('money/bills', BillsPage, ['administrator']),
        page('money/totals', TotalsPage, ['administrator']),
        page('publishing', PublishingPage, ['administrator']),
        page('publishing/new', NewExportPage, ['administrator']),
        page('publishing/:exportId', ExportPage, ['administrator']),
        page('batches', BatchesPage),
        page('batches/:batchId', RosterPage, ['agent']),
        page('batches/:batchId/import', ImportPage, ['administrator']),
        page('stations', StationsPage),
        page('calendar', CalendarPage, ['administrator']),
        page('staff', StaffPage, ['administrator']),
        page('*', MissingPage),
      ],
    },
  ],
  { basename: '/console' },
);
