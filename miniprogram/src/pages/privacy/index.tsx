import { View } from '@tarojs/components';
import { Card } from '../../ui/cards.tsx';
import { Page } from '../../ui/page.tsx';
import { useText } from '../../ui/use-client.ts';

/** 隐私保护指引, where the platform shows none of its own. */
export default function Privacy() {
  const { privacy } = useText();
  return (
    <Page name="privacy" title={privacy.title}>
      {privacy.sections.map(([title, body]) => (
        <Card key={title} title={title}>
          <View className="paragraph">{body}</View>
        </Card>
      ))}
    </Page>
  );
}
