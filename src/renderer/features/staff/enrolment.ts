import type { CommandPayload } from '../../../shared/index.ts';

export type Enrolment = CommandPayload<'staff.enrol'>;
/** The form's fields: the command's, and the PIN once more. */
export type EnrolmentForm = Enrolment & { readonly pinRepeat: string };
export type EnrolmentField = keyof EnrolmentForm;

export const EMPTY_FORM: EnrolmentForm = {
  serverUrl: '',
  code: '',
  name: '',
  pin: '',
  pinRepeat: '',
};

/** Fields that cannot be right, for a word beside each before the core is asked at all. */
export function wrongFields(form: EnrolmentForm): readonly EnrolmentField[] {
  const wrong: Record<EnrolmentField, boolean> = {
    serverUrl: !isServerUrl(form.serverUrl.trim()),
    code: form.code.trim().length < 6 || form.code.trim().length > 64,
    name: form.name.trim() === '' || form.name.trim().length > 60,
    pin: !/^\d{4,12}$/.test(form.pin),
    pinRepeat: form.pinRepeat !== form.pin,
  };
  return (Object.keys(wrong) as EnrolmentField[]).filter((field) => wrong[field]);
}

function isServerUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

export function enrolmentOf({ serverUrl, code, name, pin }: EnrolmentForm): Enrolment {
  return { serverUrl: serverUrl.trim(), code: code.trim(), name: name.trim(), pin };
}
