import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import { Card, Tick } from '../../ui/cards.tsx';
import { Action, Tappable, TextField } from '../../ui/controls';
import { go, goFresh } from '../../ui/navigation.ts';
import { FailureNote, Note } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { useText } from '../../ui/use-client.ts';

const MOBILE = /^1[3-9]\d{9}$/;

/** H5: phone number and SMS code. */
export default function Login() {
  const text = useText();
  const { busy, failure, resendAt, sendCode, loginByPhone } = useStore(client.session);
  const sample = useStore(client.settings, (x) => x.settings?.sample);
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [agreed, setAgreed] = useState(false);
  const [hint, setHint] = useState<string>();
  const seconds = useResendSeconds();
  const checked = () => {
    const missing = !MOBILE.test(phone)
      ? text.login.phoneInvalid
      : agreed
        ? undefined
        : text.login.mustAgree;
    setHint(missing);
    return missing === undefined;
  };
  const { arrival } = useRouter().params;
  /** Whoever came by a station's code goes on there. */
  const goOn = () => (arrival ? goFresh('arrival', { code: arrival }) : goFresh('home'));
  const submit = async () => {
    if (checked() && (await loginByPhone(phone, code.trim()))) goOn();
  };
  return (
    <Page
      name="login"
      title={text.login.title}
      footer={
        <Action
          id="login-submit"
          busy={busy}
          disabled={code.trim().length < 4}
          onPress={() => void submit()}
        >
          {text.login.submit}
        </Action>
      }
    >
      <Card>
        <TextField
          id="login-phone"
          label={text.login.phone}
          placeholder={text.login.phonePlaceholder}
          kind="digits"
          maxLength={11}
          value={phone}
          onChange={setPhone}
        />
        <View className="field-with-action">
          <TextField
            id="login-code"
            label={text.login.code}
            placeholder={text.login.codePlaceholder}
            kind="digits"
            maxLength={8}
            value={code}
            onChange={setCode}
            onConfirm={() => void submit()}
          />
          <Action
            id="login-send"
            kind="secondary"
            disabled={seconds > 0 || busy}
            onPress={() => void (checked() && sendCode(phone))}
          >
            {seconds > 0 ? text.login.resend(seconds) : text.login.send}
          </Action>
        </View>
        {sample && resendAt > 0 ? <Note tone="info">{text.login.sampleInbox}</Note> : null}
        <View className="tick-row">
          <Tick id="login-agree" checked={agreed} onChange={setAgreed}>
            {text.login.agree}
          </Tick>
          <Tappable id="login-privacy" className="link" onPress={() => go('privacy')}>
            {text.launch.privacyLink}
          </Tappable>
        </View>
      </Card>
      {hint ? <Note tone="warn">{hint}</Note> : null}
      <FailureNote failure={failure} />
      <View className="soft">{text.login.note}</View>
    </Page>
  );
}

/** Seconds until another code may be asked for. */
function useResendSeconds(): number {
  const resendAt = useStore(client.session, (x) => x.resendAt);
  const [now, setNow] = useState(Date.now());
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new wait starts the clock again
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [resendAt]);
  return Math.max(0, Math.ceil((resendAt - now) / 1000));
}
