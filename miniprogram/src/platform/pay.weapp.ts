import { fail, ok, type Result } from '@gradshot/domain';
import type { PayPort } from './ports.ts';
import { wasCancelled } from './wx-failure.weapp.ts';

export const pay: PayPort = {
  method: 'jsapi',
  possible: true,
  request: ({ jsapi }) => {
    if (!jsapi) return Promise.resolve(fail('payment.providerUnavailable'));
    return new Promise<Result<'finished'>>((resolve) => {
      wx.requestPayment({
        timeStamp: jsapi.timeStamp,
        nonceStr: jsapi.nonceStr,
        package: jsapi.package,
        signType: jsapi.signType,
        paySign: jsapi.paySign,
        success: () => resolve(ok('finished')),
        fail: (error) =>
          resolve(
            fail(wasCancelled(error) ? 'phone.paymentCancelled' : 'payment.providerUnavailable'),
          ),
      });
    });
  },
};
