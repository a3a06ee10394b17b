import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { MessageTemplates } from './open-environment.ts';
import { MESSAGE_FACTS, NOTICE_KINDS } from './ports/messages/graduate-messages.ts';

const fact = z.enum(MESSAGE_FACTS);
const wechatTemplate = z.strictObject({
  templateId: z.string().min(1),
  // WeChat names a field by its kind and a number: `thing3`.
  fields: z.partialRecord(fact, z.string().regex(/^[a-z_]+\d+$/)),
});
const smsTemplate = z.strictObject({ templateId: z.string().min(1), params: z.array(fact) });

const byKind = <T extends z.core.$ZodType>(template: T) =>
  z.partialRecord(z.enum(NOTICE_KINDS), template).optional();

const file = z.strictObject({ wechat: byKind(wechatTemplate), sms: byKind(smsTemplate) });

/** Reads the file of templates. Throws an error that names what is wrong, for the operator. */
export function readMessageTemplates(path: string): MessageTemplates {
  const parsed = file.safeParse(parseJson(readFileSync(path, 'utf8'), path));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`${path}: ${faults.join('; ')}`);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${path}: not JSON`);
  }
}
