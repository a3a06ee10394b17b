import Taro from '@tarojs/taro';
import { useEffect } from 'react';
import { Icon } from './icon.tsx';
import { goBack } from './navigation.ts';
import { useText } from './use-client.ts';

/** WeChat draws a bar of its own; a browser has none. */
export function NavBar({ title, back }: { title: string; back: boolean }) {
  const text = useText();
  useEffect(() => {
    void Taro.setNavigationBarTitle({ title });
  }, [title]);
  return (
    <header className="nav-bar">
      {back ? (
        <button
          type="button"
          className="nav-bar__back"
          aria-label={text.common.back}
          onClick={() => goBack()}
        >
          <Icon name="back" />
        </button>
      ) : null}
      <h1 className="nav-bar__title">{title}</h1>
    </header>
  );
}
