import { REJECTION_REASONS, type RejectionCode } from '@gradshot/domain';

/** The label on the key and its `KeyboardEvent.code`; in the catalogue's order, so hands learn it. */
const KEYS = [
  ...Array.from('123456789', (digit) => ({ label: digit, code: `Digit${digit}` })),
  ...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ', (letter) => ({
    label: letter,
    code: `Key${letter}`,
  })),
];

export type KeyedReason = {
  readonly code: RejectionCode;
  readonly zh: string;
  readonly en: string;
  readonly key: { readonly label: string; readonly code: string };
};

export const KEYED_REASONS: readonly KeyedReason[] = REJECTION_REASONS.map((reason, index) => {
  const key = KEYS[index];
  if (!key) throw new Error('more rejection reasons than keys');
  return { code: reason.code, zh: reason.zh, en: reason.en, key };
});

/** The finding alone, without the advice that follows it. */
export function shortReason({ zh, en }: { zh: string; en: string }): { zh: string; en: string } {
  return { zh: zh.split('，')[0] ?? zh, en: en.split(';')[0] ?? en };
}
