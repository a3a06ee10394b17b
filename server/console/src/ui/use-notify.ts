import type { Failure } from '@gradshot/domain';
import { App } from 'antd';
import { useLanguage } from '../i18n/language.tsx';

/** Short messages at the top: what was done, or what failed and what to do next. */
export function useNotify() {
  const { message } = App.useApp();
  const { explain } = useLanguage();
  return {
    success: (text: string) => void message.success(text),
    warn: (text: string) => void message.warning(text),
    failed(failure: Failure) {
      void message.error(explain(failure), 5);
    },
  };
}
