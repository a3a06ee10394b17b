import Taro from '@tarojs/taro';
import { useEffect } from 'react';
import { useShown } from './use-client.ts';

/** WeChat draws the bar; only its title is ours. */
export function NavBar({ title }: { title: string; back: boolean }) {
  const shown = useShown();
  useEffect(() => {
    if (shown) void Taro.setNavigationBarTitle({ title });
  }, [title, shown]);
  return null;
}
