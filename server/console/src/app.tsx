import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import { RouterProvider } from 'react-router/dom';
import { CallFailed } from './api/client.ts';
import { LanguageProvider, useLanguage } from './i18n/language.tsx';
import { router } from './router.tsx';
import { THEME } from './ui/theme.ts';

const MAX_RETRIES = 2;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // An answer of the server stands; only the way to it is worth another try.
      retry: (count, error) =>
        count < MAX_RETRIES &&
        error instanceof CallFailed &&
        error.failure.code.startsWith('network.'),
    },
  },
});

/** antd writes its styles at run time: the policy lets it by the page's nonce. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce;

export function App() {
  return (
    <LanguageProvider>
      <QueryClientProvider client={queries}>
        <Themed />
      </QueryClientProvider>
    </LanguageProvider>
  );
}

function Themed() {
  const { language } = useLanguage();
  return (
    <ConfigProvider
      theme={THEME}
      locale={language === 'zh' ? zhCN : enGB}
      button={{ autoInsertSpace: false }}
      {...(nonce ? { csp: { nonce } } : {})}
    >
      <AntApp className="app" message={{ maxCount: 2, top: 56 }}>
        <RouterProvider router={router} />
      </AntApp>
    </ConfigProvider>
  );
}
