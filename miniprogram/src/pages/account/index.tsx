import { View } from '@tarojs/components';
import { useState } from 'react';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import { Card, Facts, LinkRow } from '../../ui/cards.tsx';
import { Action } from '../../ui/controls';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { go, goFresh } from '../../ui/navigation.ts';
import { StudentFacts } from '../../ui/order-parts.tsx';
import { Page } from '../../ui/page.tsx';
import { useText, useWhileShown } from '../../ui/use-client.ts';

const REFRESH_MS = 60_000;

/** 账号与隐私. */
export default function AccountPage() {
  const text = useText();
  const account = useStore(client.session, (x) => x.account);
  useWhileShown(() => void client.session.getState().refresh(), REFRESH_MS);
  const [leaving, setLeaving] = useState(false);
  const leave = async () => {
    setLeaving(true);
    await client.leave();
    goFresh('launch');
  };
  const kind = account?.kind === 'phone' ? text.account.phone : text.account.wechat;
  return (
    <Page name="account" title={text.account.title}>
      <Card>
        <Facts
          facts={[[text.account.login, account && `${kind} ${account.maskedPhone ?? ''}`.trim()]]}
        />
        <View className="row">
          <View>{text.account.language}</View>
          <LanguageSwitch id="account-language" />
        </View>
        <LinkRow
          id="account-privacy"
          icon="shield"
          title={text.account.privacy}
          onPress={() => client.platform.phone.openPrivacyGuide() || go('privacy')}
        />
      </Card>
      <Card title={text.account.students}>
        {account?.students.length ? null : <View className="soft">{text.account.none}</View>}
        {account?.students.map((student) => (
          <StudentFacts key={student.studentId} student={student} />
        ))}
      </Card>
      <Action id="account-logout" kind="quiet" busy={leaving} onPress={() => void leave()}>
        {text.account.logout}
      </Action>
    </Page>
  );
}
