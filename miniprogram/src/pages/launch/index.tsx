import { View } from '@tarojs/components';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import { Action, Tappable } from '../../ui/controls';
import { Icon } from '../../ui/icon.tsx';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { go, goFresh } from '../../ui/navigation.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { useText } from '../../ui/use-client.ts';

/** 启动页: 【立即进入】. */
export default function Launch() {
  const text = useText();
  const { busy, failure, enter } = useStore(client.session);
  const start = async () => {
    const outcome = await enter();
    if (outcome === 'login') go('login');
    if (outcome === 'home') goFresh('home');
  };
  return (
    <Page
      name="launch"
      title={text.program}
      back={false}
      footer={
        <>
          <Action id="launch-enter" busy={busy} onPress={() => void start()}>
            {busy ? text.launch.entering : text.launch.enter}
          </Action>
          <View className="launch__privacy">
            <View>{text.launch.privacy}</View>
            <Tappable
              id="launch-privacy"
              className="link"
              onPress={() => client.platform.phone.openPrivacyGuide() || go('privacy')}
            >
              {text.launch.privacyLink}
            </Tappable>
          </View>
        </>
      }
    >
      <View className="launch">
        <LanguageSwitch id="launch-language" />
        <View className="launch__mark">
          <View className="launch__portrait" />
        </View>
        <View className="launch__name">{text.program}</View>
        <View className="launch__lead">{text.launch.lead}</View>
        <View className="launch__points">
          {text.launch.points.map((point) => (
            <View key={point} className="launch__point">
              <Icon name="check" />
              <View>{point}</View>
            </View>
          ))}
        </View>
        <FailureNote failure={failure} />
      </View>
    </Page>
  );
}
