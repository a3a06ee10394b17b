import type { ClientSettings, StationSettings } from '@gradshot/contract';
import type { DeskRows } from '../../ports/console/console-repository.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { FaqEntry, School, SchoolRows } from '../../ports/schools/school-repository.ts';

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
  const { phone, hours } = school ?? (await agencyContact(storage));
  return { phone, hours, faq: shown(await storage.schools.faq(school?.id)) };
}

/** As `customerServiceOf`, without the questions of all schools where it is of one. */
export async function ownCustomerService(
  { storage }: Contacts,
  school: School | undefined,
): Promise<StationSettings['customerService']> {
  const { phone, hours } = school ?? (await agencyContact(storage));
  const faq = await storage.schools.faq(school?.id);
  const own = faq.filter(({ schoolId }) => schoolId === (school?.id ?? null));
  return { phone, hours, faq: shown(own) };
}

/** What a school shows that has no phone and hours of its own. */
export async function agencyContact({ desk }: DeskRows): Promise<Pick<School, 'phone' | 'hours'>> {
  const { phone = '', hours = '' } =
    (await desk.agencyContact()) ?? (await desk.schools('everySchool'))[0] ?? {};
  return { phone, hours };
}

function shown(faq: readonly FaqEntry[]): StationSettings['customerService']['faq'] {
  return faq.map(({ questionZh, answerZh, questionEn, answerEn }) => ({
    questionZh,
    answerZh,
    questionEn,
    answerEn,
  }));
}

/** What the companion client needs before anybody has logged in. */
export async function clientSettings(environment: Needs): Promise<ClientSettings> {
  return {
    sample: environment.sample,
    customerService: await customerServiceOf(environment, undefined),
    wechatTemplateIds: [...environment.wechatTemplateIds],
  };
}
