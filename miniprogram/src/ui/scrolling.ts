import Taro from '@tarojs/taro';

/** Far below every page's end. */
const BELOW_EVERYTHING = 1_000_000;

/** Shows the end of the page, after the new content is laid out. */
export function scrollToEnd(): void {
  Taro.nextTick(() => {
    void Taro.pageScrollTo({ scrollTop: BELOW_EVERYTHING, duration: 0 });
  });
}
