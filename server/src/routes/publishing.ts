import { fail, ok } from '@gradshot/domain';
import type { HandlersOf } from '../plugins/handler.ts';
import type { ApprovalWithdrawals } from '../services/orders/approval-withdrawals.ts';
import type { ExportDesk } from '../services/publishing/export-desk.ts';
import type { ExportFiles } from '../services/publishing/export-files.ts';
import type { ExportLooks } from '../services/publishing/export-view.ts';
import type { ImageChecks } from '../services/publishing/image-checks.ts';
import type { Receipts } from '../services/publishing/receipts.ts';

type Ids =
  | 'previewExport'
  | 'getExportSettings'
  | 'askExport'
  | 'listExports'
  | 'getExport'
  | 'listExportItems'
  | 'approveExport'
  | 'declineExport'
  | 'cancelExport'
  | 'askExportAgain'
  | 'downloadExport'
  | 'importReceipt'
  | 'recordImageCheck'
  | 'askApprovalWithdrawal'
  | 'decideApprovalWithdrawal';

/** Batches for 学信网, receipts, 图像校对, and the way back before: 撤销通过. */
export function publishingRoutes(services: {
  readonly exportDesk: ExportDesk;
  readonly exportLooks: ExportLooks;
  readonly exportFiles: ExportFiles;
  readonly receipts: Receipts;
  readonly imageChecks: ImageChecks;
  readonly approvalWithdrawals: ApprovalWithdrawals;
}): HandlersOf<Ids> {
  const { exportDesk, exportLooks, exportFiles, receipts } = services;
  const { imageChecks, approvalWithdrawals } = services;
  return {
    previewExport: ({ body }) => exportDesk.preview(body),
    getExportSettings: ({ params }) => exportDesk.settings(params.schoolCode),
    askExport: ({ caller, params, body }) => exportDesk.ask(caller, params.exportId, body),
    listExports: async ({ query }) => ok(await exportLooks.list(query.page, query.pageSize)),
    getExport: ({ params }) => exportLooks.detail(params.exportId),
    listExportItems: ({ caller, params, query }) =>
      exportLooks.items(caller, { ...params, ...query }),
    approveExport: ({ caller, params }) => exportDesk.approve(caller, params.exportId),
    declineExport: ({ caller, params, body }) =>
      exportDesk.decline(caller, params.exportId, body.reason),
    cancelExport: ({ caller, params, body }) =>
      exportDesk.cancel(caller, params.exportId, body.reason),
    askExportAgain: ({ caller, params }) => exportDesk.askAgain(caller, params.exportId),
    async downloadExport({ caller, params, reply }) {
      const file = await exportFiles.download(caller, params.exportId, params.name);
      // The name was found among the batch's own: letters, digits and dashes.
      if (file.ok)
        void reply.header('content-disposition', `attachment; filename="${params.name}"`);
      return file;
    },
    async importReceipt({ caller, params, query, request }) {
      if (!Buffer.isBuffer(request.body)) return fail('request.invalid', { field: 'body' });
      const { dryRun, receivedAt } = query;
      const file = { bytes: request.body, dryRun: dryRun === 'true', receivedAt };
      return receipts.take(caller, { ...params, ...file });
    },
    recordImageCheck: ({ caller, order, body }) => imageChecks.record(caller, order, body),
    askApprovalWithdrawal: ({ caller, order, body }) =>
      approvalWithdrawals.ask(caller, order, body),
    decideApprovalWithdrawal: ({ caller, order, params, body }) =>
      approvalWithdrawals.decide(caller, order, { ...params, ...body }),
  };
}
