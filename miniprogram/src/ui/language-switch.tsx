import { useStore } from 'zustand';
import { client } from '../client.ts';
import { Tappable } from './controls';
import { useText } from './use-client.ts';

export function LanguageSwitch({ id }: { id: string }) {
  const { language, choose } = useStore(client.language);
  const { common } = useText();
  return (
    <Tappable
      id={id}
      className="language-switch"
      onPress={() => choose(language === 'zh' ? 'en' : 'zh')}
    >
      {common.otherLanguage}
    </Tappable>
  );
}
