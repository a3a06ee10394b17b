import { errorSentence } from '@gradshot/domain';
import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import { Card } from '../../ui/cards.tsx';
import { Action, TextField } from '../../ui/controls';
import { goBack, goInstead } from '../../ui/navigation.ts';
import { Empty, FailureNote } from '../../ui/notes.tsx';
import { StudentFacts } from '../../ui/order-parts.tsx';
import { Page } from '../../ui/page.tsx';
import { useLanguage, useText } from '../../ui/use-client.ts';

/** Four characters, and the brackets of Hong Kong and Macao cards that some type. */
const LONGEST = 6;

/** 核验学籍信息: the last four characters link the record. */
export default function Verify() {
  // What was refused here is no matter of the page behind.
  useEffect(() => () => client.eligibility.getState().clear(), []);
  const text = useText();
  const language = useLanguage();
  const { ticket, busy, failure, verify } = useStore(client.eligibility);
  const [lastFour, setLastFour] = useState('');
  const submit = async () => {
    if (!(await verify(lastFour))) return;
    void client.session.getState().refresh();
    goInstead('orders');
  };
  const again = () => goBack('qualification');
  if (!ticket)
    return (
      <Page name="verify" title={text.verify.title}>
        <Empty
          icon="scan"
          title={errorSentence({ code: 'eligibility.ticketExpired' }, language)}
          action={{ id: 'verify-again', label: text.verify.again, onPress: again }}
        />
      </Page>
    );
  return (
    <Page
      name="verify"
      title={text.verify.title}
      footer={
        <Action
          id="verify-submit"
          busy={busy}
          disabled={lastFour.trim().length < 4}
          onPress={() => void submit()}
        >
          {text.verify.submit}
        </Action>
      }
    >
      <Card title={text.verify.found}>
        <StudentFacts student={ticket.student} />
      </Card>
      <Card>
        <View className="lead">{text.verify.lead}</View>
        <TextField
          id="verify-last-four"
          label={text.verify.label}
          placeholder={text.verify.placeholder}
          maxLength={LONGEST}
          value={lastFour}
          onChange={(value) => setLastFour(value.toUpperCase())}
          onConfirm={() => void submit()}
        />
        <View className="soft">{text.verify.help}</View>
      </Card>
      <FailureNote failure={failure} />
      <Action id="verify-again" kind="quiet" onPress={again}>
        {text.verify.again}
      </Action>
    </Page>
  );
}
