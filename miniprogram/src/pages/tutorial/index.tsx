import { View } from '@tarojs/components';
import { Card } from '../../ui/cards.tsx';
import { Action } from '../../ui/controls';
import { goBack } from '../../ui/navigation.ts';
import { Note } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { useText } from '../../ui/use-client.ts';

/** How to get the 采集码, for those who have none. */
export default function Tutorial() {
  const { tutorial } = useText();
  return (
    <Page
      name="tutorial"
      title={tutorial.title}
      footer={
        <Action id="tutorial-back" onPress={() => goBack('qualification')}>
          {tutorial.back}
        </Action>
      }
    >
      <View className="lead">{tutorial.lead}</View>
      <Card>
        {tutorial.steps.map(([title, note], i) => (
          <View key={title} className="numbered">
            <View className="flow__number">{i + 1}</View>
            <View className="numbered__words">
              <View className="numbered__title">{title}</View>
              <View className="soft">{note}</View>
            </View>
          </View>
        ))}
      </Card>
      <Note tone="warn" icon="warn">
        {tutorial.note}
      </Note>
    </Page>
  );
}
