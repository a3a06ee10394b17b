import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { Tappable } from './controls';
import { Icon, type IconName } from './icon.tsx';

export function Card({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <View className="card">
      {title ? <View className="card__title">{title}</View> : null}
      {children}
    </View>
  );
}

/** Label and value, one below the other; entries without a value are left out. */
export function Facts({
  facts,
}: {
  facts: readonly (readonly [label: string, value: string | undefined])[];
}) {
  return (
    <View className="facts">
      {facts.map(([label, value]) =>
        value ? (
          <View key={label} className="facts__row">
            <View className="facts__label">{label}</View>
            <View className="facts__value">{value}</View>
          </View>
        ) : null,
      )}
    </View>
  );
}

type LinkRowProps = {
  id: string;
  icon: IconName;
  title: string;
  note?: string;
  badge?: string | undefined;
  onPress: () => void;
};

/** A row that opens another page. */
export function LinkRow({ id, icon, title, note, badge, onPress }: LinkRowProps) {
  return (
    <Tappable id={id} className="link-row" onPress={onPress}>
      <View className="link-row__icon">
        <Icon name={icon} />
      </View>
      <View className="link-row__words">
        <View className="link-row__title">{title}</View>
        {note ? <View className="link-row__note">{note}</View> : null}
      </View>
      {badge ? <View className="badge">{badge}</View> : null}
      <Icon name="chevron" />
    </Tappable>
  );
}

/** 0–1 as a bar, with the number in words for screen readers. */
export function ProgressBar({ share, label }: { share: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <View className="progress" ariaLabel={`${label} ${percent}%`}>
      <View className="progress__head">
        <View>{label}</View>
        <View className="progress__number">{percent}%</View>
      </View>
      <View className="progress__rail">
        <View className="progress__bar" style={{ width: `${percent}%` }} />
      </View>
    </View>
  );
}

type TickProps = {
  id: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
};

export function Tick({ id, checked, onChange, children }: TickProps) {
  return (
    <Tappable
      id={id}
      role="checkbox"
      checked={checked}
      className="tick"
      onPress={() => onChange(!checked)}
    >
      <View className={`tick__box${checked ? ' tick__box--on' : ''}`}>
        {checked ? <Icon name="check" /> : null}
      </View>
      <View className="tick__words">{children}</View>
    </Tappable>
  );
}

type SheetProps = { title: string; note: string; children: ReactNode };

/** A question over the page; its buttons are the caller's. */
export function Sheet({ title, note, children }: SheetProps) {
  return (
    <View className="sheet" ariaRole="dialog" ariaLabel={title}>
      <View className="sheet__panel">
        <View className="sheet__title">{title}</View>
        <View className="sheet__text">{note}</View>
        {children}
      </View>
    </View>
  );
}
