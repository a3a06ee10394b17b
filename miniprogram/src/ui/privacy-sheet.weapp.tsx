import { Button, View } from '@tarojs/components';
import { useStore } from 'zustand';
import { client } from '../client.ts';
import { PRIVACY_AGREE_ID } from '../platform/phone';
import { Action, Tappable } from './controls';
import { useShown, useText } from './use-client.ts';

/**
 * WeChat's consent before a feature that touches private data. Refusing closes the sheet and
 * nothing else: the rest of the program stays usable.
 */
export function PrivacySheet() {
  const text = useText();
  const { asked, answer } = useStore(client.privacy);
  if (!useShown() || !asked) return null;
  return (
    <View className="sheet" ariaRole="dialog" ariaLabel={text.privacy.title}>
      <View className="sheet__panel">
        <View className="sheet__title">{text.privacy.title}</View>
        <View className="sheet__text">{text.privacy.ask}</View>
        <Tappable
          id="privacy-read"
          className="link"
          onPress={() => client.platform.phone.openPrivacyGuide()}
        >
          {text.privacy.read}
        </Tappable>
        <Button
          id={PRIVACY_AGREE_ID}
          className="action action--primary"
          openType="agreePrivacyAuthorization"
          onAgreePrivacyAuthorization={() => answer(true)}
        >
          {text.privacy.agree}
        </Button>
        <Action id="privacy-refuse" kind="quiet" onPress={() => answer(false)}>
          {text.privacy.refuse}
        </Action>
      </View>
    </View>
  );
}
