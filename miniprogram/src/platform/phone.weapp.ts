import { fail, ok, type Result } from '@gradshot/domain';
import type { PhonePort } from './ports.ts';

/** Id of the button that agrees; WeChat checks that it was really tapped. */
export const PRIVACY_AGREE_ID = 'privacy-agree';

type PrivacyResolve = (
  answer: { event: 'agree'; buttonId: string } | { event: 'disagree' },
) => void;

export const phone: PhonePort = {
  language: languageOf(),
  call: (phoneNumber) => {
    // Closing the system's dialog is reported as a failure; there is nothing to tell.
    wx.makePhoneCall({ phoneNumber, fail: () => undefined });
  },
  askForMessages: (templateIds) => {
    // Libraries before 2.8.2 have no subscription messages.
    if (templateIds.length === 0 || !wx.requestSubscribeMessage) return Promise.resolve();
    return new Promise((resolve) => {
      wx.requestSubscribeMessage({ tmplIds: [...templateIds], complete: () => resolve() });
    });
  },
  openPrivacyGuide: () => {
    // Libraries before 2.32.3 have none; the program shows its own page then.
    if (!wx.openPrivacyContract) return false;
    wx.openPrivacyContract({ fail: () => undefined });
    return true;
  },
  onPrivacyNeeded: (ask) => {
    // Libraries before 2.32.3 know no privacy guide, and ask for nothing.
    if (!wx.onNeedPrivacyAuthorization) return;
    const listener = (resolve: PrivacyResolve) =>
      ask((agreed) =>
        resolve(agreed ? { event: 'agree', buttonId: PRIVACY_AGREE_ID } : { event: 'disagree' }),
      );
    // The typings describe the callback's argument as a result; the manual, as this function.
    wx.onNeedPrivacyAuthorization(listener as never);
  },
  ensurePrivacy: () =>
    new Promise<Result<null>>((resolve) => {
      if (!wx.requirePrivacyAuthorize) return resolve(ok(null));
      wx.requirePrivacyAuthorize({
        success: () => resolve(ok(null)),
        fail: () => resolve(fail('phone.privacyRefused')),
      });
    }),
  watchSight: () => () => undefined,
  randomBytes: (length) =>
    new Promise((resolve, reject) => {
      wx.getRandomValues({
        length,
        success: ({ randomValues }) => resolve(new Uint8Array(randomValues)),
        fail: ({ errMsg }) => reject(new Error(errMsg)),
      });
    }),
};

function languageOf(): 'zh' | 'en' {
  return /^en/i.test(wx.getAppBaseInfo().language) ? 'en' : 'zh';
}
