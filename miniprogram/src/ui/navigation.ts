import Taro from '@tarojs/taro';

export type PageName =
  | 'launch'
  | 'login'
  | 'home'
  | 'qualification'
  | 'scan'
  | 'tutorial'
  | 'verify'
  | 'orders'
  | 'order'
  | 'service'
  | 'requirements'
  | 'capture'
  | 'standardize'
  | 'review'
  | 'download'
  | 'support'
  | 'chat'
  | 'notices'
  | 'handover'
  | 'account'
  | 'privacy';

type Params = Readonly<Record<string, string>>;

function urlOf(page: PageName, params: Params): string {
  const query = Object.entries(params)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return `/pages/${page}/index${query ? `?${query}` : ''}`;
}

/** WeChat keeps ten pages at most: deeper steps take the place of the one in front. */
const DEEPEST = 9;

/** Opens a page over the present one. */
export function go(page: PageName, params: Params = {}): void {
  const url = urlOf(page, params);
  if (Taro.getCurrentPages().length >= DEEPEST) void Taro.redirectTo({ url });
  else void Taro.navigateTo({ url });
}

/** Opens a page in place of the present one: the way back does not lead here again. */
export function goInstead(page: PageName, params: Params = {}): void {
  void Taro.redirectTo({ url: urlOf(page, params) });
}

/** Opens a page with nothing behind it. */
export function goFresh(page: PageName, params: Params = {}): void {
  void Taro.reLaunch({ url: urlOf(page, params) });
}

/** One page back; home where there is none. */
export function goBack(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack();
  else goFresh('home');
}
