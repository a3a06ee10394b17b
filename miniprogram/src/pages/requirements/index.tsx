import { REQUIREMENT_GROUPS, REQUIREMENTS } from '@gradshot/domain';
import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { Card } from '../../ui/cards.tsx';
import { Action } from '../../ui/controls';
import { Icon } from '../../ui/icon.tsx';
import { goInstead } from '../../ui/navigation.ts';
import { Note } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { useSentence, useText } from '../../ui/use-client.ts';

/** 拍照要求, read before 【拍照】. Opened from home it is for reading alone. */
export default function Requirements() {
  const text = useText();
  const sentence = useSentence();
  const { orderId } = useRouter().params;
  return (
    <Page
      name="requirements"
      title={text.requirements.title}
      footer={
        orderId ? (
          <Action id="requirements-shoot" onPress={() => goInstead('capture', { orderId })}>
            {text.requirements.shoot}
          </Action>
        ) : null
      }
    >
      <View className="lead">{text.requirements.lead}</View>
      <Note tone="warn" icon="warn">
        {text.requirements.warning}
      </Note>
      <View className="scene">
        <View className="scene__item">{text.requirements.wall}</View>
        <View className="scene__arrow">{text.requirements.metre}</View>
        <View className="scene__person" />
        <View className="scene__arrow" />
        <View className="scene__item">{text.requirements.rear}</View>
      </View>
      {REQUIREMENT_GROUPS.map((group) => (
        <Card key={group} title={text.requirements.groups[group]}>
          {REQUIREMENTS.filter((requirement) => requirement.group === group).map((requirement) => (
            <View key={requirement.code} className="bullet">
              <Icon name="check" />
              <View>{sentence(requirement)}</View>
            </View>
          ))}
        </Card>
      ))}
      {orderId ? null : <View className="soft soft--centre">{text.requirements.preview}</View>}
    </Page>
  );
}
