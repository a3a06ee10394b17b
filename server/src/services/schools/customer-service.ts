import type { ClientSettings, StationSettings } from '@gradshot/contract';
import type { Environment } from '../../ports/environment.ts';
import type { School } from '../../ports/schools/school-repository.ts';

/** Phone, hours and questions as the clients show them; those for all schools without a school. */
export async function customerServiceOf(
  { storage }: Pick<Environment, 'storage'>,
  school: School | undefined,
): Promise<StationSettings['customerService']> {
  const contact = school ?? (await storage.desk.schools())[0];
  const faq = await storage.schools.faq(school?.id);
  return {
    phone: contact?.phone ?? '',
    hours: contact?.hours ?? '',
    faq: faq.map(({ questionZh, answerZh, questionEn, answerEn }) => ({
      questionZh,
      answerZh,
      questionEn,
      answerEn,
    })),
  };
}

/** What the companion client needs before anybody has logged in. */
export async function clientSettings(environment: Environment): Promise<ClientSettings> {
  return {
    sample: environment.sample,
    customerService: await customerServiceOf(environment, undefined),
    wechatTemplateIds: [...environment.wechatTemplateIds],
  };
}
