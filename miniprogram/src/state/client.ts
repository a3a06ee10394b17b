import type { AccountEvent } from '@gradshot/contract';
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
  const api = createApi(platform.network, {
    token: () => platform.storage.get(TOKEN_KEY),
    renew: () => renewByWechat(platform),
  });
  const parts: Parts = { platform, api, ...clock };
  const orders = createOrdersStore(parts);
  const chat = createChatStore(parts);
  const notices = createNoticesStore(parts);
  const session = createSessionStore(parts);
  const live = createLiveUpdates(parts, (event) => refetch({ orders, chat, notices }, event));
  return {
    platform,
    language: createLanguageStore(platform),
    settings: createSettingsStore(parts),
    session,
    eligibility: createEligibilityStore(parts),
    orders,
    payment: createPaymentStore(parts),
    shot: createShotStore(parts),
    standardization: createStandardizationStore(parts),
    download: createDownloadStore(parts),
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
      for (const store of [orders, chat, notices]) store.getState().forget();
    },
  };
}

/** WeChat logs in unseen; a phone number has to be typed again by the person. */
async function renewByWechat(platform: Platform): Promise<boolean> {
  platform.storage.remove(TOKEN_KEY);
  if (platform.login.kind !== 'wechat') return false;
  const code = await platform.login.wechatCode();
  if (!code.ok) return false;
  const fresh = createApi(platform.network, { token: () => undefined, renew: async () => false });
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
