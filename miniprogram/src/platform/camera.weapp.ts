import { type Failure, fail, ok, type Result } from '@gradshot/domain';
import { phone } from './phone';
import type { CameraPort, Picture } from './ports.ts';
import { wasCancelled, wasDenied, wasPrivacyRefused } from './wx-failure.weapp.ts';

/** Rear camera, original file, no album: a selfie or a retouched picture is not admitted. */
const REAR_CAMERA = {
  count: 1,
  mediaType: ['image'],
  sourceType: ['camera'],
  sizeType: ['original'],
  camera: 'back',
} as const;

export const camera: CameraPort = {
  kind: 'system',
  take: async () => {
    const privacy = await phone.ensurePrivacy();
    return privacy.ok ? takeWithSystemCamera() : privacy;
  },
  open: async () => fail('phone.noCamera'),
};

function takeWithSystemCamera(): Promise<Result<Picture | null>> {
  return new Promise((resolve) => {
    wx.chooseMedia({
      ...REAR_CAMERA,
      mediaType: [...REAR_CAMERA.mediaType],
      sourceType: [...REAR_CAMERA.sourceType],
      sizeType: [...REAR_CAMERA.sizeType],
      success: ({ tempFiles }) => {
        const file = tempFiles[0];
        resolve(ok(file ? { uri: file.tempFilePath, size: file.size } : null));
      },
      fail: (error) => resolve(wasCancelled(error) ? ok(null) : failureOf(error)),
    });
  });
}

function failureOf(error: unknown): { ok: false; error: Failure } {
  if (wasPrivacyRefused(error)) return { ok: false, error: { code: 'phone.privacyRefused' } };
  return {
    ok: false,
    error: { code: wasDenied(error) ? 'phone.cameraDenied' : 'phone.cameraBusy' },
  };
}
