import { fail, ok, type Result } from '@gradshot/domain';
import { phone } from './phone';
import type { ScanOutcome, ScanPort } from './ports.ts';
import { codeOfScan } from './scanned-code.ts';
import { wasCancelled, wasDenied, wasPrivacyRefused } from './wx-failure.weapp.ts';

export const scan: ScanPort = {
  kind: 'system',
  scan: () =>
    new Promise<Result<ScanOutcome>>((resolve) => {
      wx.scanCode({
        onlyFromCamera: true,
        scanType: ['qrCode'],
        success: (scanned) => {
          const code = codeOfScan(scanned);
          resolve(code ? ok({ codes: [code] }) : fail('code.unreadable'));
        },
        fail: (error) => resolve(scanFailure(error)),
      });
    }),
  open: async () => fail('phone.noCamera'),
  pick: async () => {
    const privacy = await phone.ensurePrivacy();
    return privacy.ok ? pickPicture() : privacy;
  },
};

function scanFailure(error: unknown): Result<ScanOutcome> {
  if (wasCancelled(error)) return ok(null);
  return fail(wasDenied(error) ? 'phone.cameraDenied' : 'code.unreadable');
}

/** The original file: a compressed copy may blur the code's modules. */
function pickPicture(): Promise<Result<ScanOutcome>> {
  return new Promise((resolve) => {
    wx.chooseMedia({
      count: 1,
      mediaType: ['image'],
      sourceType: ['album'],
      sizeType: ['original'],
      success: ({ tempFiles }) => {
        const file = tempFiles[0];
        resolve(ok(file ? { picture: { uri: file.tempFilePath, size: file.size } } : null));
      },
      fail: (error) => resolve(pickFailure(error)),
    });
  });
}

function pickFailure(error: unknown): Result<ScanOutcome> {
  if (wasCancelled(error)) return ok(null);
  return fail(wasPrivacyRefused(error) ? 'phone.privacyRefused' : 'phone.pictureDenied');
}
