import { fail, ok, type Result } from '@gradshot/domain';
import { phone } from './phone';
import type { AlbumPort, Picture } from './ports.ts';
import { wasCancelled, wasDenied, wasPrivacyRefused } from './wx-failure.weapp.ts';

const ALBUM_SCOPE = 'scope.writePhotosAlbum';

export const album: AlbumPort = {
  hasSettings: true,
  save: async (picture) => {
    const privacy = await phone.ensurePrivacy();
    return privacy.ok ? saveToAlbum(picture) : privacy;
  },
  openSettings: () =>
    new Promise((resolve) => {
      wx.openSetting({
        success: ({ authSetting }) => resolve(authSetting[ALBUM_SCOPE] === true),
        fail: () => resolve(false),
      });
    }),
};

function saveToAlbum(picture: Picture): Promise<Result<null>> {
  return new Promise((resolve) => {
    wx.saveImageToPhotosAlbum({
      filePath: picture.uri,
      success: () => resolve(ok(null)),
      fail: (error) => resolve(saveFailure(error)),
    });
  });
}

function saveFailure(error: unknown): Result<never> {
  if (wasPrivacyRefused(error)) return fail('phone.privacyRefused');
  if (wasCancelled(error)) return fail('phone.saveCancelled');
  return fail(wasDenied(error) ? 'phone.albumDenied' : 'phone.saveFailed');
}
