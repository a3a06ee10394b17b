import type { ReactNode } from 'react';

export type ActionProps = {
  /** Stable, for tests and for WeChat's own checks. */
  readonly id: string;
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  /** Spins and takes no presses. */
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
};

export type TappableProps = {
  readonly id: string;
  readonly className?: string;
  /** For screen readers, where the content does not say it. */
  readonly label?: string;
  readonly role?: 'button' | 'checkbox' | 'radio';
  readonly checked?: boolean;
  /** Of something that folds: whether its content is shown. */
  readonly expanded?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
};

export type TextFieldProps = {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly kind?: 'text' | 'digits';
  readonly maxLength: number;
  readonly onChange: (value: string) => void;
  /** The keyboard's own confirm key. */
  readonly onConfirm?: () => void;
};

export type PictureViewProps = {
  readonly id?: string;
  readonly uri: string;
  readonly label: string;
  readonly className?: string;
};

export const actionClass = ({ kind = 'primary', busy, disabled }: ActionProps): string =>
  `action action--${kind}${busy ? ' action--busy' : ''}${disabled ? ' action--disabled' : ''}`;
