import { ok } from '@gradshot/domain';
import type { PhonePort } from './ports.ts';

export const PRIVACY_AGREE_ID = 'privacy-agree';

export const phone: PhonePort = {
  language: /^zh/i.test(navigator.language) ? 'zh' : 'en',
  call: (number) => {
    window.location.href = `tel:${number.replace(/[^\d+]/g, '')}`;
  },
  askForMessages: async () => undefined,
  openPrivacyGuide: () => false,
  onPrivacyNeeded: () => undefined,
  // The browser asks by itself, and the login page has asked for the guide's consent.
  ensurePrivacy: async () => ok(null),
  // Another tab, another program, a phone call: Taro tells pages about pages alone.
  watchSight: (changed) => {
    const listener = () => changed(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
  randomBytes: async (length) => crypto.getRandomValues(new Uint8Array(length)),
};
