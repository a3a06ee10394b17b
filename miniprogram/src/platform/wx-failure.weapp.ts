/** `errMsg` of a failed wx call, e.g. `chooseMedia:fail cancel`. */
export type WxError = { readonly errMsg?: string };

const messageOf = (error: unknown): string => (error as WxError | undefined)?.errMsg ?? '';

/** The person closed the dialog, scanner or camera. */
export const wasCancelled = (error: unknown): boolean => /cancel/i.test(messageOf(error));

/** WeChat or the system refused the permission. */
export const wasDenied = (error: unknown): boolean =>
  /auth\s*(deny|denied)|authorize|permission|no permission|system permission/i.test(
    messageOf(error),
  );

/** The privacy guide was refused, see `__usePrivacyCheck__`. */
export const wasPrivacyRefused = (error: unknown): boolean => /privacy/i.test(messageOf(error));

export const wasTimeout = (error: unknown): boolean => /timeout/i.test(messageOf(error));
