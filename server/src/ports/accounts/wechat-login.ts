import type { Result } from '@gradshot/domain';

/** Whoever logged in to the mini-program, as WeChat names them. Neither value leaves the server. */
export type WechatIdentity = {
  /** The same person in the same mini-program always has the same one. */
  readonly openid: string;
  /** The same person across all apps of one WeChat Open Platform account, where there is one. */
  readonly unionid?: string;
};

/** Exchange of the code that `wx.login` gave to the mini-program. */
export type WechatLogin = {
  /**
   * @param code of `wx.login`; valid once, for five minutes.
   * @returns `auth.wechatCode` when the code is wrong, used, too old or its user is blocked;
   *   `auth.wechatUnavailable` when WeChat is down, slow, busy, or refuses our own credentials.
   */
  exchange(code: string): Promise<Result<WechatIdentity>>;
};
