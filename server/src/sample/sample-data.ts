import { randomUUID } from 'node:crypto';
import { DEFAULT_PROFILE_ID } from '@gradshot/domain';
import type { Storage } from '../ports/repositories.ts';
import type { FaqEntry } from '../ports/schools/school-repository.ts';

export type SampleSchool = { readonly code: string; readonly name: string };

/** The schools of the gateway's simulator that take part; a third one there is not open. */
export const OPEN_SAMPLE_SCHOOLS: readonly SampleSchool[] = [
  { code: '99001', name: '演示大学' },
  { code: '99002', name: '样例职业技术学院' },
];

const PRICE_FEN = 2500;
const YEAR_MS = 365 * 86_400_000;

type Question = Pick<FaqEntry, 'questionZh' | 'answerZh' | 'questionEn' | 'answerEn'>;

const FAQ: readonly Question[] = [
  {
    questionZh: '没有采集码怎么办？',
    answerZh:
      '登录学信网 → 学信档案 → 高等教育信息 → 学籍学历 → 毕业学校 → 获取图像采集码，长按保存原图；截图可能无法识别。',
    questionEn: 'I have no collection code. What now?',
    answerEn:
      'Get it from CHSI: Archive → Higher education → Study record → Graduation school → Image collection code. Save the original picture; screenshots may fail.',
  },
  {
    questionZh: '审核要多久？',
    answerZh: '提交后约两个工作日。审核未通过可以免费重拍，无需再次付款。',
    questionEn: 'How long does the review take?',
    answerEn: 'About two working days. A retake after a rejection is free.',
  },
  {
    questionZh: '提交后发现信息有误或想换照片？',
    answerZh: '审核完成前请立即联系客服撤回；采集完成后不能再修改。',
    questionEn: 'I submitted and want to change something.',
    answerEn: 'Contact customer service at once, before the review is done. Later it is locked.',
  },
  {
    questionZh: '已付款但页面没有变化？',
    answerZh: '请稍候几秒，系统会自动向微信支付查询；请勿重复付款。',
    questionEn: 'I paid but the page does not change.',
    answerEn: 'Wait a few seconds; the system asks WeChat Pay itself. Do not pay again.',
  },
  {
    questionZh: '可以戴眼镜吗？',
    answerZh: '最好不戴；习惯佩戴者可以戴无色眼镜，注意不要反光。',
    questionEn: 'May I wear glasses?',
    answerEn: 'Better not. Habitual wearers may keep clear glasses without glare.',
  },
];

/** Puts the sample schools with an open batch and questions in place; a second call adds nothing. */
export async function installSampleData(
  storage: Storage,
  now: Date,
  schools: readonly SampleSchool[] = OPEN_SAMPLE_SCHOOLS,
): Promise<void> {
  await storage.transaction(async (repositories) => {
    const first = await repositories.schools.findByCode(schools[0]?.code ?? '');
    if (first) return;
    for (const school of schools) await installSchool(repositories.schools, school, now);
    for (const [position, question] of FAQ.entries())
      await repositories.schools.insertFaq({
        id: randomUUID(),
        schoolId: null,
        position,
        ...question,
      });
  });
}

async function installSchool(
  repository: Storage['schools'],
  { code, name }: SampleSchool,
  now: Date,
): Promise<void> {
  const schoolId = randomUUID();
  await repository.insert({
    id: schoolId,
    code,
    name,
    phone: '400-000-0000',
    hours: '8:30–17:30',
    createdAt: now,
  });
  await repository.insertBatch({
    id: randomUUID(),
    schoolId,
    name: `${now.getUTCFullYear() + 1} 届毕业生图像采集`,
    priceFen: PRICE_FEN,
    profileId: DEFAULT_PROFILE_ID,
    opensAt: new Date(now.getTime() - 86_400_000),
    closesAt: new Date(now.getTime() + YEAR_MS),
    createdAt: now,
  });
}
