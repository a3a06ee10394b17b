import Taro from '@tarojs/taro';
import { useEffect } from 'react';
import { Icon } from './icon.tsx';
import { goBack } from './navigation.ts';
import { useLanguage, useText } from './use-client.ts';

/** WeChat draws a bar of its own; a browser has none. */
export function NavBar({ title, back }: { title: string; back: boolean }) {
  const text = useText();
  const language = useLanguage();
  useEffect(() => {
    void Taro.setNavigationBarTitle({ title });
  }, [title]);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
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
