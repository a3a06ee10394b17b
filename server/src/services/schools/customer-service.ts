import type { ClientSettings, StationSettings } from '@gradshot/contract';
import type { DeskRows } from '../../ports/console/console-repository.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { School, SchoolRows } from '../../ports/schools/school-repository.ts';

type Contacts = Stored<DeskRows & SchoolRows>;
type Needs = Contacts & {
  readonly sample: boolean;
  readonly wechatTemplateIds: readonly string[];
};

/** Phone, hours and questions as the clients show them; those for all schools without a school. */
export async function customerServiceOf(
  { storage }: Contacts,
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
export async function clientSettings(environment: Needs): Promise<ClientSettings> {
  return {
    sample: environment.sample,
    customerService: await customerServiceOf(environment, undefined),
    wechatTemplateIds: [...environment.wechatTemplateIds],
  };
}
