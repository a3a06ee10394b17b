import type { RouteOutput } from '@gradshot/contract';
import type { StandardizationReport } from '@gradshot/domain';
import { buildCheck, buildRefusedPhoto, buildReport, buildStudent } from '@gradshot/testkit';

/** People, orders, settings and reports that the scenes tell of. */

export const SCHOOL = '江海大学';
export const student = buildStudent({ school: SCHOOL });

export const ORDER = {
  orderNo: 'G20261123000186',
  batchName: '2027 届本科毕业生图像采集（第一批）',
  school: SCHOOL,
  student,
} as const;

export const PUBLISHED = {
  ...ORDER,
  orderNo: 'G20241108000032',
  batchName: '2025 届专科毕业生图像采集',
  state: 'published',
  updatedAt: '2024-12-02T03:00:00.000Z',
} as const;

export const REASONS = [
  { code: 'glasses.glare', zh: '眼镜有反光，请调整角度或摘下眼镜。', en: 'Glare on the glasses.' },
  { code: 'hair.brow', zh: '头发遮住眉毛，请露出额头和双耳。', en: 'Hair covers the brow.' },
];

export const SETTINGS = {
  stationName: '图书馆一楼 1 号机',
  school: SCHOOL,
  customerService: {
    phone: '400-800-1234',
    hours: '周一至周六 8:30–18:00',
    faq: [
      {
        questionZh: '审核未通过需要重新付费吗？',
        answerZh: '不需要。按未通过的原因重新拍照并提交即可，一次付费包含全部服务。',
        questionEn: 'Do I pay again after a rejection?',
        answerEn: 'No. Retake the photo as the reason says and submit it again.',
      },
      {
        questionZh: '采集码截图为什么识别不了？',
        answerZh: '截图可能被压缩。请在获取页面长按二维码保存原图，再选择「相册识别」。',
        questionEn: 'Why is my screenshot not recognised?',
        answerEn: 'Screenshots may be compressed. Save the original by a long press.',
      },
      {
        questionZh: '可以戴眼镜拍照吗？',
        answerZh: '常戴眼镜者可以佩戴，镜片不能有色、不能反光，镜框不能遮住眼睛。',
        questionEn: 'May I wear glasses?',
        answerEn: 'Yes if you always do: clear lenses, no glare, eyes free.',
      },
    ],
  },
} satisfies Partial<RouteOutput<'getStationSettings'>>;

export const SERVICE: RouteOutput<'getService'> = {
  priceFen: 2500,
  items: [
    { zh: '现场图像采集', en: 'Photo on site' },
    { zh: '图像标准化制作', en: 'Standard photo' },
    { zh: '人工审核与免费重拍', en: 'Review by a person, free retakes' },
    { zh: '上传学信网并跟踪结果', en: 'Submission to CHSI and follow-up' },
    { zh: '电子标准照与排版照下载', en: 'Standard photo and print sheet to download' },
  ],
  consents: [
    {
      kind: 'service',
      version: '2026-10',
      zh: '本服务由学校委托的图像采集机构提供，用于学历证书电子注册的图像采集、标准化制作、审核与上传。您支付的费用包含全部服务，审核未通过可免费重拍。采集机构仅为上述目的处理您的学籍信息，并按约定期限删除。',
      en: 'This service is provided by the agency that your school has entrusted, for collecting, standardising, reviewing and submitting your graduation photo. The fee covers everything; retakes after a rejection are free. Your data are used for this purpose alone and deleted as agreed.',
    },
    {
      kind: 'faceProcessing',
      version: '2026-10',
      zh: '为制作标准照并核验本人身份，我们需要在本机上处理您的人脸信息：定位五官、测量姿态与清晰度、分离背景，并与您的学籍照片进行辅助比对，最终由人工审核。人脸信息属于敏感个人信息，仅在必要期限内加密保存。您可以拒绝，并选择其他采集方式。',
      en: 'To make the standard photo and check your identity, your face data are processed on this station: features, pose, sharpness, separation from the background, and an advisory comparison with your admission photo; a person decides. Face data are sensitive; they are kept encrypted and no longer than needed. You may refuse and choose another way.',
    },
  ],
};

/** What staff found, with one point that they did not look at. */
export const SEEN = {
  'face.person': 'kept',
  'posture.earsForehead': 'kept',
  'accessories.glasses': 'notKept',
  'accessories.none': 'kept',
  'face.noMakeup': 'kept',
  'clothes.formal': 'kept',
} as const;

export const FACE = { x: 0.4, y: 0.2, width: 0.2, height: 0.35 };

export const CHECKS: StandardizationReport['checks'] = [
  buildCheck('clothes.blue', {
    level: 'fail',
    value: 62,
    limit: 15,
    zh: '衣服是蓝色，换背景后会与背景混在一起，请换一件非蓝色的有领衣服。',
    en: 'The clothes are blue like the background. Please change into another colour.',
    hint: { x: 0.24, y: 0.62, width: 0.52, height: 0.36 },
  }),
  buildCheck('eyes.open', {
    level: 'fail',
    value: 0.14,
    limit: 0.18,
    zh: '眼睛没有完全睁开，请看镜头、自然睁眼后重拍。',
    en: 'The eyes are not fully open. Look into the camera and shoot again.',
    hint: { x: 0.42, y: 0.36, width: 0.16, height: 0.06 },
  }),
  buildCheck('light.evenness', {
    level: 'warn',
    value: 0.57,
    limit: 0.6,
    zh: '脸部左右亮度有差别，请正对光源站立。',
    en: 'One half of the face is darker. Face the light.',
    hint: FACE,
  }),
];

export const mixed = (found: StandardizationReport['checks']): StandardizationReport['checks'] => [
  ...found,
  ...buildReport().checks.filter(({ code }) => !found.some((check) => check.code === code)),
];

export const BLURRED = buildRefusedPhoto('picture.sharpness');
export const IMPROVABLE = buildReport({
  checks: mixed([
    buildCheck('pose.roll', {
      level: 'warn',
      value: 2.6,
      limit: 2.5,
      unit: '°',
      zh: '请把头向右摆正一点。',
      en: 'Straighten the head a little to your right.',
      hint: FACE,
    }),
  ]),
});
export const ACCEPTED = buildReport({ checks: mixed(CHECKS.slice(2)) });
export const REFUSED: StandardizationReport = {
  ...buildReport({ checks: mixed(CHECKS) }),
  accepted: false,
  reason: {
    code: 'clothes.blue',
    zh: CHECKS[0]?.zh ?? '',
    en: CHECKS[0]?.en ?? '',
  },
};
