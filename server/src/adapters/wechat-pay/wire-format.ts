import { z } from 'zod';
import { encryptedResource } from './resource-cipher.ts';

/** Bodies of WeChat Pay API v3, as far as this product reads them. Unknown fields are allowed. */

export const nativeOrder = z.object({ code_url: z.string().min(1).max(512) });
export const h5Order = z.object({ h5_url: z.url().max(512) });
export const jsapiOrder = z.object({ prepay_id: z.string().min(1).max(128) });

const time = z.iso.datetime({ offset: true });

export const transaction = z.object({
  mchid: z.string(),
  appid: z.string().optional(),
  out_trade_no: z.string(),
  transaction_id: z.string().optional(),
  trade_state: z.enum([
    'SUCCESS',
    'REFUND',
    'NOTPAY',
    'CLOSED',
    'REVOKED',
    'USERPAYING',
    'PAYERROR',
  ]),
  success_time: time.optional(),
  amount: z.object({ total: z.int().optional(), currency: z.string().optional() }).optional(),
});
export type Transaction = z.infer<typeof transaction>;

export const refundAnswer = z.object({
  refund_id: z.string(),
  out_refund_no: z.string(),
  status: z.enum(['SUCCESS', 'CLOSED', 'PROCESSING', 'ABNORMAL']),
  create_time: time.optional(),
  amount: z.object({ refund: z.int() }),
});

/** Content of a `REFUND.*` notification. */
export const refundNotice = z.object({
  mchid: z.string(),
  out_trade_no: z.string(),
  transaction_id: z.string(),
  out_refund_no: z.string(),
  refund_id: z.string(),
  refund_status: z.enum(['SUCCESS', 'CLOSED', 'ABNORMAL']),
  success_time: time.optional(),
  amount: z.object({ refund: z.int() }),
});

export const notification = z.object({
  id: z.string().min(1),
  event_type: z.string(),
  resource_type: z.literal('encrypt-resource'),
  resource: encryptedResource,
});

export const tradeBill = z.object({
  hash_type: z.literal('SHA1'),
  hash_value: z.string().regex(/^[0-9a-f]{40}$/i),
  download_url: z.url(),
});

export const certificateList = z.object({
  data: z.array(z.object({ serial_no: z.string(), encrypt_certificate: encryptedResource })).min(1),
});

export const errorAnswer = z.object({ code: z.string(), message: z.string().default('') });

/** RFC 3339 in whole seconds and Beijing time, the form that API v3 asks for. */
export function beijingTime(date: Date): string {
  const shifted = new Date(date.getTime() + 8 * 3600_000).toISOString();
  return `${shifted.slice(0, 19)}+08:00`;
}
