import { fail, ok } from '@gradshot/domain';
import type { PayPort } from './ports.ts';

/** WeChat's payment page for browsers; it comes back to `redirect_url`, this very page. */
export const pay: PayPort = {
  method: 'h5',
  possible: !/MicroMessenger/i.test(globalThis.navigator?.userAgent ?? ''),
  request: async ({ h5Url }) => {
    if (!h5Url) return fail('payment.providerUnavailable');
    const separator = h5Url.includes('?') ? '&' : '?';
    const back = encodeURIComponent(window.location.href);
    window.location.assign(`${h5Url}${separator}redirect_url=${back}`);
    return ok('left');
  },
};
