import {
  type ActionProps,
  actionClass,
  type PictureViewProps,
  type TappableProps,
  type TextFieldProps,
} from './action-props.ts';

/** The browser's own elements: keyboards, screen readers and autofill know them. */

export function Action(props: ActionProps) {
  return (
    <button
      type="button"
      id={props.id}
      className={actionClass(props)}
      disabled={props.disabled || props.busy}
      aria-busy={props.busy}
      onClick={props.onPress}
    >
      {props.busy ? <span className="spinner" /> : null}
      {props.children}
    </button>
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
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role is the caller's
    <button
      type="button"
      id={id}
      className={`tappable ${className ?? ''}`}
      role={role}
      aria-label={label}
      aria-checked={checked}
      aria-expanded={expanded}
      onClick={onPress}
    >
      {children}
    </button>
  );
}

export function TextField(props: TextFieldProps) {
  return (
    <label className="field" htmlFor={props.id}>
      <span className="field__label">{props.label}</span>
      <input
        id={props.id}
        className="field__input"
        value={props.value}
        placeholder={props.placeholder}
        maxLength={props.maxLength}
        inputMode={props.kind === 'digits' ? 'numeric' : 'text'}
        autoComplete="off"
        autoCapitalize="characters"
        onChange={(event) => props.onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && props.onConfirm?.()}
      />
    </label>
  );
}

export function PictureView({ id, uri, label, className }: PictureViewProps) {
  return <img id={id} src={uri} alt={label} className={`picture ${className ?? ''}`} />;
}
