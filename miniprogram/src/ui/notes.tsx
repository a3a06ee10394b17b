import { errorSentence, type Failure } from '@gradshot/domain';
import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { client } from '../client.ts';
import { Action, Tappable } from './controls';
import { Icon, type IconName } from './icon.tsx';
import { goFresh } from './navigation.ts';
import { useLanguage, useText } from './use-client.ts';

const { album } = client.platform;

/** A failure in the catalogue's words, with the way out where there is one. */
export function FailureNote({
  failure,
  onRetry,
}: {
  failure: Failure | undefined;
  onRetry?: () => void;
}) {
  const language = useLanguage();
  const { common } = useText();
  if (!failure) return null;
  const signedOut = failure.code === 'auth.required';
  const denied = failure.code === 'phone.cameraDenied' && album.hasSettings;
  const allow = async () => {
    await album.openSettings();
    onRetry?.();
  };
  return (
    <View className="note note--bad" ariaRole="alert">
      <Icon name="warn" />
      <View className="note__text">{errorSentence(failure, language)}</View>
      {signedOut ? (
        <Tappable id="login-again" className="note__action" onPress={() => goFresh('launch')}>
          {common.loginAgain}
        </Tappable>
      ) : denied ? (
        <Tappable id="allow-camera" className="note__action" onPress={() => void allow()}>
          {common.openSettings}
        </Tappable>
      ) : onRetry && failure.code !== 'photo.erased' ? (
        <Tappable id="retry" className="note__action" onPress={onRetry}>
          {common.retry}
        </Tappable>
      ) : null}
    </View>
  );
}

type NoteProps = { tone: 'info' | 'warn' | 'good'; icon?: IconName; children: ReactNode };

export function Note({ tone, icon, children }: NoteProps) {
  return (
    <View className={`note note--${tone}`}>
      {icon ? <Icon name={icon} /> : null}
      <View className="note__text">{children}</View>
    </View>
  );
}

/** Before the first answer: the failure with another try, or the wheel. */
export function Waiting({
  failure,
  onRetry,
}: {
  failure?: Failure | undefined;
  onRetry: () => void;
}) {
  const { common } = useText();
  if (failure) return <FailureNote failure={failure} onRetry={onRetry} />;
  return (
    <View className="waiting">
      <View className="spinner spinner--large" />
      <View className="waiting__text">{common.loading}</View>
    </View>
  );
}

type EmptyProps = {
  icon: IconName;
  title: string;
  note?: string;
  action?: { id: string; label: string; onPress: () => void };
};

export function Empty({ icon, title, note, action }: EmptyProps) {
  return (
    <View className="empty">
      <View className="empty__icon">
        <Icon name={icon} size="large" />
      </View>
      <View className="empty__title">{title}</View>
      {note ? <View className="empty__note">{note}</View> : null}
      {action ? (
        <Action id={action.id} onPress={action.onPress}>
          {action.label}
        </Action>
      ) : null}
    </View>
  );
}
