import { ok } from '@gradshot/domain';
import type { WechatPayConfig } from '../../src/adapters/wechat-pay/config.ts';
import { createWechatPayProvider } from '../../src/adapters/wechat-pay/wechat-pay-provider.ts';
import { createServerLog, OPEN_SAMPLE_SCHOOLS, startServer } from '../../src/index.ts';
import type { PaymentProvider } from '../../src/ports/payments/payment-provider.ts';
import type { Standardizer } from '../../src/ports/standardization/standardizer.ts';
import type { ServerProcessOptions } from './server-process.ts';
import { createTestStandardizer } from './standardizing.ts';

const options = JSON.parse(process.env.SERVE_OPTIONS ?? '') as ServerProcessOptions;
let ahead = 0;
const server = await startServer({
  reviewHoldSeconds: 0,
  ...options,
  clock: () => new Date(Date.now() + ahead),
  wechatPay: options.closesLate ? closingLate(options.wechatPay) : options.wechatPay,
  sample: true,
  ...(options.engine ? {} : { standardizer: standIn() }),
  logger: createServerLog('silent'),
});
const { code } = await server.createEnrolmentCode(OPEN_SAMPLE_SCHOOLS[0]?.code ?? '');
process.send?.({ url: server.url, enrolmentCode: code });
process.on('message', ({ advance }: { readonly advance: number }) => {
  ahead += advance;
});
process.once('SIGTERM', () => {
  void server.close().then(() => process.exit(0));
});

function standIn(): Standardizer {
  return options.hang ? createHangingStandardizer() : createTestStandardizer();
}

function closingLate(config: WechatPayConfig): PaymentProvider {
  return { ...createWechatPayProvider(config), close: async () => ok(undefined) };
}

/** Begins every photo and ends none. */
function createHangingStandardizer(): Standardizer {
  return {
    standardize(_original, _profile, onProgress) {
      onProgress({ stage: 'segment', fraction: 0.4 });
      return new Promise(() => undefined);
    },
    renderSheets: () => new Promise(() => undefined),
    compareIdentity: () => new Promise(() => undefined),
    close: async () => undefined,
  };
}
