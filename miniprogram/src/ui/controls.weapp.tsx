import { Button, Image, Input, Text, View } from '@tarojs/components';
import {
  type ActionProps,
  actionClass,
  type PictureViewProps,
  type TappableProps,
  type TextFieldProps,
} from './action-props.ts';

export function Action(props: ActionProps) {
  const idle = !props.disabled && !props.busy;
  return (
    <Button
      id={props.id}
      className={actionClass(props)}
      hoverClass="action--pressed"
      disabled={!idle}
      onClick={() => idle && props.onPress()}
    >
      {props.busy ? <View className="spinner" /> : null}
      {props.children}
    </Button>
  );
}

export function Tappable({
  id,
  className,
  label,
  role,
  checked,
  expanded,
  onPress,
  children,
}: TappableProps) {
  const state = {
    ...(checked === undefined ? {} : { 'aria-checked': checked }),
    ...(expanded === undefined ? {} : { 'aria-expanded': expanded }),
  };
  return (
    <View
      id={id}
      className={`tappable ${className ?? ''}`}
      hoverClass="tappable--pressed"
      ariaRole={role ?? 'button'}
      ariaLabel={label ?? ''}
      {...state}
      onClick={onPress}
    >
      {children}
    </View>
  );
}

export function TextField(props: TextFieldProps) {
  return (
    <View className="field">
      <Text className="field__label">{props.label}</Text>
      <Input
        id={props.id}
        className="field__input"
        value={props.value}
        placeholder={props.placeholder ?? ''}
        placeholderClass="field__placeholder"
        maxlength={props.maxLength}
        type={props.kind === 'digits' ? 'number' : 'text'}
        ariaLabel={props.label}
        onInput={(event) => props.onChange(event.detail.value)}
        onConfirm={() => props.onConfirm?.()}
      />
    </View>
  );
}

/** `showMenuByLongpress`: the system's own way to save a picture stays open. */
export function PictureView({ id, uri, label, className }: PictureViewProps) {
  return (
    <Image
      id={id ?? ''}
      src={uri}
      mode="aspectFit"
      showMenuByLongpress
      ariaLabel={label}
      className={`picture ${className ?? ''}`}
    />
  );
}
