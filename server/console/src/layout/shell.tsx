import {
  AccountBookOutlined,
  AuditOutlined,
  CalendarOutlined,
  CloudUploadOutlined,
  CustomerServiceOutlined,
  DashboardOutlined,
  DesktopOutlined,
  FileSearchOutlined,
  LogoutOutlined,
  MessageOutlined,
  PayCircleOutlined,
  SafetyOutlined,
  TeamOutlined,
  TranslationOutlined,
  UploadOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { StaffMember } from '@gradshot/contract';
import type { StaffRight } from '@gradshot/domain';
import { Badge, Button, Dropdown, Layout, Menu, Tag, Tooltip } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { useConsoleEvents } from '../api/console-events.ts';
import { mayAct, useSessionActions, useStaff } from '../api/session.tsx';
import { useStale } from '../api/use-stale.ts';
import { useUnreadCount } from '../features/chat/conversations.ts';
import { PasswordDialog } from '../features/login/password-dialog.tsx';
import { useAskedCount } from '../features/publishing/publishing-queries.ts';
import { useRefundCounts } from '../features/refunds/refund-queries.ts';
import { useLanguage } from '../i18n/language.tsx';
import type { Messages } from '../i18n/zh.ts';
import { useNotify } from '../ui/use-notify.ts';
import styles from './shell.module.css';

type Entry = {
  readonly path: string;
  readonly icon: ReactNode;
  readonly label: (t: Messages) => string;
  readonly right?: StaffRight;
};

const ENTRIES: readonly Entry[] = [
  { path: 'dashboard', icon: <DashboardOutlined />, label: (t) => t.nav.dashboard },
  { path: 'review', icon: <AuditOutlined />, label: (t) => t.nav.review, right: 'review' },
  { path: 'orders', icon: <FileSearchOutlined />, label: (t) => t.nav.orders, right: 'seeOrders' },
  {
    path: 'refunds',
    icon: <PayCircleOutlined />,
    label: (t) => t.nav.refunds,
    right: 'askRefund',
  },
  {
    path: 'money',
    icon: <AccountBookOutlined />,
    label: (t) => t.nav.money,
    right: 'seeMoney',
  },
  {
    path: 'publishing',
    icon: <CloudUploadOutlined />,
    label: (t) => t.nav.publishing,
    right: 'publish',
  },
  { path: 'chat', icon: <MessageOutlined />, label: (t) => t.nav.chat, right: 'chat' },
  {
    path: 'service',
    icon: <CustomerServiceOutlined />,
    label: (t) => t.nav.service,
    right: 'keepService',
  },
  { path: 'batches', icon: <UploadOutlined />, label: (t) => t.nav.batches },
  { path: 'stations', icon: <DesktopOutlined />, label: (t) => t.nav.stations },
  {
    path: 'calendar',
    icon: <CalendarOutlined />,
    label: (t) => t.nav.calendar,
    right: 'keepSchools',
  },
  { path: 'staff', icon: <TeamOutlined />, label: (t) => t.nav.staff, right: 'keepStaff' },
];

/** Menu, header and the page. The review needs the width, so the menu is narrow there. */
export function Shell() {
  const staff = useStaff();
  const { pathname } = useLocation();
  const current = pathname.split('/')[1] ?? '';
  const narrow = current === 'review';
  useConsoleEvents();
  return (
    <Layout className={styles.shell ?? ''}>
      <Layout.Sider width={184} collapsedWidth={56} collapsed={narrow} trigger={null}>
        <Brand narrow={narrow} />
        <Navigation staff={staff} current={current} />
      </Layout.Sider>
      <Layout>
        <Header staff={staff} />
        <Layout.Content className={styles.content ?? ''}>
          <Outlet />
        </Layout.Content>
      </Layout>
    </Layout>
  );
}

function Brand({ narrow }: { narrow: boolean }) {
  const { t } = useLanguage();
  return (
    <div className={styles.brand}>
      <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width={28} height={28} />
      {narrow ? null : <span>{t.product}</span>}
    </div>
  );
}

function Navigation({ staff, current }: { staff: StaffMember; current: string }) {
  const { t } = useLanguage();
  const { owed, requests, abnormal } = useRefundCounts(mayAct(staff, 'refund'));
  const counts: Readonly<Record<string, number>> = {
    chat: useUnreadCount(mayAct(staff, 'chat')),
    refunds: owed + requests + abnormal,
    publishing: useAskedCount(mayAct(staff, 'publish')),
  };
  const shown = ENTRIES.filter(({ right }) => !right || mayAct(staff, right));
  return (
    <Menu
      theme="dark"
      mode="inline"
      selectedKeys={[current]}
      items={shown.map(({ path, icon, label }) => ({
        key: path,
        icon,
        title: label(t),
        label: (
          <Link to={`/${path}`}>
            {label(t)}
            {path in counts ? (
              <Badge className={styles.badge ?? ''} count={counts[path] ?? 0} />
            ) : null}
          </Link>
        ),
      }))}
    />
  );
}

function Header({ staff }: { staff: StaffMember }) {
  const { t, language, setLanguage } = useLanguage();
  return (
    <Layout.Header className={styles.header ?? ''}>
      <div id="page-header" className={styles.pageHeader} />
      <StaleTag />
      <Button
        type="text"
        icon={<TranslationOutlined />}
        onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
      >
        {t.nav.language}
      </Button>
      <AccountMenu staff={staff} />
    </Layout.Header>
  );
}

/** What stands on the screen goes on standing there when the network is gone: say so. */
function StaleTag() {
  const { t } = useLanguage();
  if (!useStale()) return null;
  return (
    <Tooltip title={t.common.staleLead}>
      <Tag color="warning" role="status">
        {t.common.stale}
      </Tag>
    </Tooltip>
  );
}

function AccountMenu({ staff }: { staff: StaffMember }) {
  const { t } = useLanguage();
  const { logOut } = useSessionActions();
  const notify = useNotify();
  const [changing, setChanging] = useState(false);
  const leave = async () => {
    const failure = await logOut();
    if (failure) notify.failed(failure);
  };
  const items = [
    {
      key: 'roles',
      disabled: true,
      label: staff.roles.map((role) => t.roles[role]).join(' · '),
    },
    { type: 'divider' as const },
    {
      key: 'password',
      icon: <SafetyOutlined />,
      label: t.nav.password,
      onClick: () => setChanging(true),
    },
    { key: 'logout', icon: <LogoutOutlined />, label: t.nav.logOut, onClick: () => void leave() },
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <Button type="text" icon={<UserOutlined />}>
          {staff.name}
        </Button>
      </Dropdown>
      <PasswordDialog open={changing} onClose={() => setChanging(false)} />
    </>
  );
}
