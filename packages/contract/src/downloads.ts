import { z } from 'zod';
import { orderParams } from './orders.ts';
import { sha256, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';

/** Paper of a print sheet: 5 寸 1500 × 1051, 6 寸 1795 × 1205, A4 3508 × 2479 px at 300 dpi. */
export const SHEET_LAYOUTS = ['5in', '6in', 'a4'] as const;
export type SheetLayout = (typeof SHEET_LAYOUTS)[number];

export const downloads = z.object({
  /** The photo is deleted after that. */
  keepUntil: timestamp,
  /** 标准照, exactly the bytes that were approved. */
  standard: z.object({
    fileName: z.string(),
    width: z.int(),
    height: z.int(),
    bytes: z.int(),
    sha256,
  }),
  /** 排版照, made when asked for. */
  sheets: z.array(
    z.object({
      layout: z.enum(SHEET_LAYOUTS),
      zh: z.string(),
      en: z.string(),
      fileName: z.string(),
      width: z.int(),
      height: z.int(),
      /** Photos on the sheet. */
      copies: z.int(),
    }),
  ),
});
export type Downloads = z.infer<typeof downloads>;

export const getDownloads = defineRoute({
  id: 'getDownloads',
  method: 'GET',
  path: '/v1/orders/:orderId/downloads',
  summary: '下载图片: what may be downloaded, once the photo is approved',
  callers: ['graduate'],
  params: orderParams,
  response: downloads,
  errors: ['order.notFound', 'download.notApproved', 'photo.erased'],
});

/** Every look is written to the access log. */
export const downloadStandard = defineRoute({
  id: 'downloadStandard',
  method: 'GET',
  path: '/v1/orders/:orderId/downloads/standard',
  summary: '标准照, byte for byte as approved',
  callers: ['graduate'],
  params: orderParams,
  response: z.unknown(),
  file: 'image/jpeg',
  errors: ['order.notFound', 'download.notApproved', 'photo.erased'],
});

export const downloadSheet = defineRoute({
  id: 'downloadSheet',
  method: 'GET',
  path: '/v1/orders/:orderId/downloads/sheets/:layout',
  summary: '排版照 on the chosen paper at 300 dpi',
  callers: ['graduate'],
  params: orderParams.extend({ layout: z.enum(SHEET_LAYOUTS) }),
  response: z.unknown(),
  file: 'image/jpeg',
  errors: ['order.notFound', 'download.notApproved', 'photo.erased'],
});
