import type { AccountEvent } from '@gradshot/contract';
import { isIn, type OrderState } from '@gradshot/domain';
import { createApi } from '../api/api.ts';
import type { Platform } from '../platform/ports.ts';
import { createChatStore } from './chat-store.ts';
import { createDownloadStore } from './download-store.ts';
import { createEligibilityStore } from './eligibility-store.ts';
import { createLanguageStore } from './language-store.ts';
import { createLiveUpdates } from './live-updates.ts';
import { createNoticesStore } from './notices-store.ts';
import { createOrdersStore } from './orders-store.ts';
import type { Parts } from './parts.ts';
import { createPaymentStore } from './payment-store.ts';
import { createPrivacyStore } from './privacy-store.ts';
import { createSessionStore, TOKEN_KEY } from './session-store.ts';
import { createSettingsStore } from './settings-store.ts';
import { createShotStore } from './shot-store.ts';
import { createStandardizationStore } from './standardization-store.ts';

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const now = () => new Date().toISOString();

/** All stores of the program over one platform. */
export function createClient(
  platform: Platform,
  clock: Pick<Parts, 'wait' | 'now'> = { wait, now },
) {
  let era = 0;
  const api = createApi(platform.network, {
    token: () => platform.storage.get(TOKEN_KEY),
    renew: () => renewByWechat(platform),
    era: () => era,
  });
  const parts: Parts = { platform, api, ...clock };
  const orders = createOrdersStore(parts);
  const chat = createChatStore(parts);
  const notices = createNoticesStore(parts);
  const eligibility = createEligibilityStore(parts);
  const payment = createPaymentStore(parts);
  const shot = createShotStore(parts);
  const standardization = createStandardizationStore(parts);
  const download = createDownloadStore(parts);
  const live = createLiveUpdates(parts, (event) => refetch({ orders, chat, notices }, event));
  const forget = () => {
    era += 1;
    live.stop();
    for (const store of [orders, chat, notices, eligibility, payment]) store.getState().forget();
    for (const store of [standardization, download]) store.getState().close();
  };
  // Another person may log in on the same phone, also where nobody logged out before.
  const session = createSessionStore(parts, forget);
  orders.subscribe(({ details }, before) => {
    for (const order of Object.values(details))
      if (order !== before.details[order.orderId] && !mayTakePhoto(order.state))
        void shot.getState().drop(order.orderId);
  });
  return {
    platform,
    language: createLanguageStore(platform),
    settings: createSettingsStore(parts),
    session,
    eligibility,
    orders,
    payment,
    shot,
    standardization,
    download,
    chat,
    notices,
    privacy: createPrivacyStore(platform.phone),
    live,
    /** A session of an earlier run: what changes is heard from the start. */
    resume: () => {
      if (platform.storage.get(TOKEN_KEY)) live.start();
    },
    /** Ends the session and forgets what was shown; shots that are not sent yet stay. */
    leave: async () => {
      live.stop();
      await session.getState().logout();
      forget();
    },
  };
}

/** Before 提交, and again after a rejection. A shot of any other order has no use any more. */
const mayTakePhoto = (state: OrderState): boolean => isIn(state, 'payment', 'photo', 'rejected');

/** WeChat logs in unseen; a phone number has to be typed again by the person. */
async function renewByWechat(platform: Platform): Promise<boolean> {
  platform.storage.remove(TOKEN_KEY);
  if (platform.login.kind !== 'wechat') return false;
  const code = await platform.login.wechatCode();
  if (!code.ok) return false;
  const fresh = createApi(platform.network, {
    token: () => undefined,
    renew: async () => false,
    era: () => 0,
  });
  const login = await fresh.call('loginWechat', { body: { code: code.value } });
  if (login.ok) platform.storage.set(TOKEN_KEY, login.value.accountToken);
  return login.ok;
}

type Fetching = {
  readonly orders: ReturnType<typeof createOrdersStore>;
  readonly chat: ReturnType<typeof createChatStore>;
  readonly notices: ReturnType<typeof createNoticesStore>;
};

function refetch({ orders, chat, notices }: Fetching, { topic, orderId }: AccountEvent): void {
  if (topic === 'chat') void chat.getState().load();
  if (topic === 'notice') void notices.getState().load();
  if (topic !== 'order') return;
  void orders.getState().loadList();
  if (orderId) void orders.getState().load(orderId);
}
