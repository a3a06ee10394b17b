import { View } from '@tarojs/components';

export type IconName =
  | 'album'
  | 'back'
  | 'bell'
  | 'camera'
  | 'chat'
  | 'check'
  | 'chevron'
  | 'clock'
  | 'cross'
  | 'download'
  | 'headset'
  | 'list'
  | 'phone'
  | 'scan'
  | 'shield'
  | 'station'
  | 'user'
  | 'warn';

/** A picture of icons.scss in the colour of the text around it; decoration only. */
export function Icon({ name, size = 'normal' }: { name: IconName; size?: 'normal' | 'large' }) {
  return <View className={`icon icon--${name} icon--${size}`} />;
}
