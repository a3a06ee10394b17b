import './old-engines.ts';
import { useLaunch } from '@tarojs/taro';
import type { PropsWithChildren } from 'react';
import { client } from './client.ts';
import './app.scss';
import './ui/root-style';

export default function App({ children }: PropsWithChildren) {
  useLaunch(() => {
    client.resume();
    void client.settings.getState().load();
  });
  return children;
}
