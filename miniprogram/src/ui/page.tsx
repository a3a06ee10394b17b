import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { client } from '../client.ts';
import { Tappable } from './controls';
import { Icon } from './icon.tsx';
import { NavBar } from './nav-bar';
import { go, type PageName } from './navigation.ts';
import { PrivacySheet } from './privacy-sheet';
import { useText } from './use-client.ts';

type PageProps = {
  readonly name: PageName;
  readonly title: string;
  /** No way back from the first page and from home. */
  readonly back?: boolean;
  /** Stays at the bottom: the page's main buttons. */
  readonly footer?: ReactNode;
  /** Dark surroundings of the camera. */
  readonly dark?: boolean;
  /** Left out in customer service itself. */
  readonly support?: boolean;
  readonly children: ReactNode;
};

/** Frame of every page: bar, sample strip, content, fixed buttons, the 客服 icon. */
export function Page({
  name,
  title,
  back = true,
  footer,
  dark,
  support = true,
  children,
}: PageProps) {
  const text = useText();
  const sample = useStore(client.settings, (x) => x.settings?.sample);
  return (
    <View id={`page-${name}`} className={`page${dark ? ' page--dark' : ''}`}>
      <NavBar title={title} back={back} />
      {sample ? <View className="sample-strip">{text.sample}</View> : null}
      <View className="page__body">{children}</View>
      <View className={`page__footer${footer ? '' : ' page__footer--empty'}`}>
        {support ? <SupportButton id={`${name}-support`} /> : null}
        {footer}
      </View>
      <PrivacySheet />
    </View>
  );
}

/** The 客服 icon at the right of every page, above the page's own buttons. */
function SupportButton({ id }: { id: string }) {
  const text = useText();
  const unread = useStore(client.chat, (x) => x.unread);
  return (
    <Tappable
      id={id}
      className="support-button"
      label={text.common.support}
      onPress={() => go('support')}
    >
      <Icon name="headset" />
      <View className="support-button__label">{text.common.support}</View>
      {unread > 0 ? <View className="support-button__dot" /> : null}
    </Tappable>
  );
}
