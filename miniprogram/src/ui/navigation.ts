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
  | 'arrival'
  | 'account'
  | 'privacy';

type Params = Readonly<Record<string, string>>;

function urlOf(page: PageName, params: Params): string {
  const query = Object.entries(params)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return `/pages/${page}/index${query ? `?${query}` : ''}`;
}

/** A second tap within this time is none: it would lay the same page over itself. */
const DOUBLE_TAP_MS = 500;
let latest = '';

/** Runs what leads to `where`, but once for taps that follow each other like one. */
function once(where: string, act: () => unknown): void {
  if (latest === where) return;
  latest = where;
  setTimeout(() => {
    if (latest === where) latest = '';
  }, DOUBLE_TAP_MS);
  act();
}

/** WeChat keeps ten pages at most: deeper steps take the place of the one in front. */
const DEEPEST = 9;

/** Opens a page over the present one. */
export function go(page: PageName, params: Params = {}): void {
  const url = urlOf(page, params);
  once(url, () =>
    Taro.getCurrentPages().length >= DEEPEST ? Taro.redirectTo({ url }) : Taro.navigateTo({ url }),
  );
}

/** Opens a page in place of the present one: the way back does not lead here again. */
export function goInstead(page: PageName, params: Params = {}): void {
  void Taro.redirectTo({ url: urlOf(page, params) });
}

/** Opens a page with nothing behind it. */
export function goFresh(page: PageName, params: Params = {}): void {
  void Taro.reLaunch({ url: urlOf(page, params) });
}

/** One page back; where there is none (a page that was loaded anew), `otherwise` in its place. */
export function goBack(otherwise: PageName = 'home'): void {
  if (Taro.getCurrentPages().length > 1) once('back', () => Taro.navigateBack());
  else if (otherwise === 'home') goFresh('home');
  else goInstead(otherwise);
}
