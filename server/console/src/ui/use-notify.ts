import type { Failure } from '@gradshot/domain';
import { App } from 'antd';
import { useSessionActions, useSessionQuery } from '../api/session.tsx';
import { useLanguage } from '../i18n/language.tsx';

/** Short messages at the top: what was done, or what failed and what to do next. */
export function useNotify() {
  const { message } = App.useApp();
  const { explain } = useLanguage();
  const { logOut } = useSessionActions();
  const session = useSessionQuery();
  return {
    success: (text: string) => void message.success(text),
    warn: (text: string) => void message.warning(text),
    failed(failure: Failure) {
      void message.error(explain(failure), 5);
      if (failure.code === 'auth.required' && session.data) void logOut();
    },
  };
}
