import type { CheckResult, OrderState } from '@gradshot/domain';
import { buildCheck, buildReport } from '@gradshot/testkit';
import type {
  OrderView,
  SessionView,
  StationSnapshot,
  StudentView,
} from '../../src/shared/index.ts';

/** Snapshots as a station in sample mode sends them. The times are fixed but for what counts down. */

const SCHOOL = '江海大学';
const soon = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

export const student: StudentView = {
  maskedName: '林*溪',
  maskedIdNumber: '320***********482X',
  school: SCHOOL,
  college: '信息科学与工程学院',
  major: '计算机科学与技术',
  level: '本科',
  graduationYear: 2027,
};

export function order(state: OrderState, changes: Partial<OrderView> = {}): OrderView {
  return {
    orderId: '6f0c3a52-7a39-4f0e-9f5e-2d3a3d1f8f01',
    orderNo: 'G20261123000186',
    state,
    batchName: '2027 届本科毕业生图像采集（第一批）',
    school: SCHOOL,
    priceFen: 2500,
    profileId: 'chsi-480x640',
    updatedAt: '2026-11-23T06:20:00.000Z',
    reasons: [],
    ...changes,
  };
}

const shot = {
  photoId: '0b9f6d3e-52cc-4f59-8d1c-94c6f2d6a001',
  width: 4000,
  height: 3000,
  capturedAt: '2026-11-23T06:31:00.000Z',
};

export function snapshot(
  session: SessionView,
  changes: Partial<StationSnapshot> = {},
): StationSnapshot {
  return {
    revision: 1,
    language: 'zh',
    station: {
      enrolled: true,
      name: '图书馆一楼 1 号机',
      school: SCHOOL,
      sample: true,
      version: '0.1.0',
      staffUnlocked: false,
    },
    connection: { online: true, outbox: 0, parked: 0, lastSyncAt: '2026-11-23T06:30:00.000Z' },
    imaging: { ready: true, provider: 'cpu' },
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
    session,
    busy: false,
    ...changes,
  };
}

const consents = [
  {
    kind: 'service' as const,
    version: '2026-10',
    zh: '本服务由学校委托的图像采集机构提供，用于学历证书电子注册的图像采集、标准化制作、审核与上传。您支付的费用包含全部服务，审核未通过可免费重拍。采集机构仅为上述目的处理您的学籍信息，并按约定期限删除。',
    en: 'This service is provided by the agency that your school has entrusted, for collecting, standardising, reviewing and submitting your graduation photo. The fee covers everything; retakes after a rejection are free. Your data are used for this purpose alone and deleted as agreed.',
  },
  {
    kind: 'faceProcessing' as const,
    version: '2026-10',
    zh: '为制作标准照并核验本人身份，我们需要在本机上处理您的人脸信息：定位五官、测量姿态与清晰度、分离背景，并与您的学籍照片进行辅助比对，最终由人工审核。人脸信息属于敏感个人信息，仅在必要期限内加密保存。您可以拒绝，并选择其他采集方式。',
    en: 'To make the standard photo and check your identity, your face data are processed on this station: features, pose, sharpness, separation from the background, and an advisory comparison with your admission photo; a person decides. Face data are sensitive; they are kept encrypted and no longer than needed. You may refuse and choose another way.',
  },
];

const service = {
  priceFen: 2500,
  items: [
    { zh: '现场图像采集', en: 'Photo on site' },
    { zh: '图像标准化制作', en: 'Standard photo' },
    { zh: '人工审核与免费重拍', en: 'Review by a person, free retakes' },
    { zh: '上传学信网并跟踪结果', en: 'Submission to CHSI and follow-up' },
    { zh: '电子标准照与排版照下载', en: 'Standard photo and print sheet to download' },
  ],
  consents,
};

const payment = {
  paymentId: 'pay-1',
  state: 'pending' as const,
  amountFen: 2500,
  codeUrl: 'weixin://wxpay/bizpayurl?pr=Ab3kQ9zVt',
  expiresAt: soon(272),
};

const face = { x: 0.4, y: 0.2, width: 0.2, height: 0.35 };

const refusedChecks: readonly CheckResult[] = [
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
    hint: face,
  }),
];

const allChecks = buildReport().checks;
const mixed = (found: readonly CheckResult[]): CheckResult[] => [
  ...found,
  ...allChecks.filter(({ code }) => !found.some((check) => check.code === code)),
];

const accepted = buildReport({ checks: mixed(refusedChecks.slice(2)) });
const refused = {
  ...buildReport({ checks: mixed(refusedChecks) }),
  accepted: false,
  reason: {
    code: 'clothes.blue',
    zh: refusedChecks[0]?.zh ?? '',
    en: refusedChecks[0]?.en ?? '',
  },
};
const nobody = {
  ...buildReport({ checks: [] }),
  accepted: false,
  reason: {
    code: 'imaging.noFace',
    zh: '照片中没有找到人脸，请正对镜头、光线充足地重新拍摄。',
    en: 'No face was found. Face the camera in good light and shoot again.',
  },
};

const handover = {
  // As long as the server's own.
  qrText: 'gradshot:handover:pV3nQ0dK7rXcJ2hTqkYw9LmB5aUeF8sGZ1iRo6CtNbE',
  expiresAt: soon(283),
};

const paid = order('pendingCapture');
const inReview = order('underReview', { promisedAt: '2026-11-25T10:00:00.000Z' });
const rejected = order('rejected', {
  reasons: [
    {
      code: 'glasses.glare',
      zh: '眼镜有反光，请调整角度或摘下眼镜。',
      en: 'Glare on the glasses.',
    },
    { code: 'hair.brow', zh: '头发遮住眉毛，请露出额头和双耳。', en: 'Hair covers the brow.' },
  ],
});

/** One scene per state of a page that looks different. */
export const SCENES: Readonly<Record<string, StationSnapshot>> = {
  welcome: snapshot({ step: 'welcome' }),
  'welcome-imaging-failed': snapshot(
    { step: 'welcome' },
    { imaging: { ready: false, error: 'imaging.modelMissing' } },
  ),
  'scan-camera-missing': snapshot({ step: 'scanCode' }),
  verify: snapshot({ step: 'verify', student, expiresAt: soon(574) }),
  'verify-wrong': snapshot(
    { step: 'verify', student, expiresAt: soon(301) },
    { failure: { code: 'eligibility.lastFourWrong', details: { remaining: 3 } } },
  ),
  orders: snapshot({
    step: 'orders',
    student,
    orders: [
      order('pendingPayment'),
      order('published', {
        orderId: '6f0c3a52-7a39-4f0e-9f5e-2d3a3d1f8f02',
        orderNo: 'G20241108000032',
        batchName: '2025 届专科毕业生图像采集',
        updatedAt: '2024-12-02T03:00:00.000Z',
      }),
    ],
  }),
  'orders-empty': snapshot({ step: 'orders', student, orders: [] }),
  'order-detail': snapshot({ step: 'orderDetail', student, order: order('pendingPayment') }),
  'order-detail-rejected': snapshot({ step: 'orderDetail', student, order: rejected }),
  'order-detail-refunded': snapshot({ step: 'orderDetail', student, order: order('refunded') }),
  'order-detail-mismatch': snapshot(
    { step: 'orderDetail', student, order: order('pendingPayment') },
    {
      failure: {
        code: 'station.profileMismatch',
        details: { station: 'chsi-480x640 v2', server: 'v3' },
      },
    },
  ),
  handover: snapshot({ step: 'orderDetail', student, order: paid, handover }),
  'handover-expired': snapshot(
    {
      step: 'orderDetail',
      student,
      order: paid,
      handover: { expiresAt: '2026-11-23T06:30:00.000Z' },
    },
    { failure: { code: 'network.unreachable' } },
  ),
  'handover-waiting': snapshot({
    step: 'submitted',
    student,
    order: order('verifyingIdentity'),
    photoId: shot.photoId,
    delivery: 'queued',
    handover,
  }),
  service: snapshot({ step: 'service', student, order: order('pendingPayment'), service }),
  payment: snapshot({ step: 'payment', student, order: order('pendingPayment'), payment }),
  'payment-expired': snapshot(
    {
      step: 'payment',
      student,
      order: order('pendingPayment'),
      payment: { ...payment, state: 'expired' },
    },
    { failure: { code: 'payment.expired' } },
  ),
  requirements: snapshot({ step: 'requirements', student, order: paid }),
  camera: snapshot({ step: 'camera', student, order: paid }),
  'review-shot': snapshot({ step: 'reviewShot', student, order: paid, shot }),
  'review-disk-full': snapshot(
    { step: 'reviewShot', student, order: paid, shot },
    { failure: { code: 'station.diskFull' } },
  ),
  uploaded: snapshot({
    step: 'uploaded',
    student,
    order: order('pendingStandardization'),
    shot,
  }),
  standardizing: snapshot(
    {
      step: 'standardizing',
      student,
      order: order('pendingStandardization'),
      shot,
      progress: 0.58,
      stage: 'matte',
    },
    { busy: true },
  ),
  'result-accepted': snapshot({
    step: 'result',
    student,
    order: order('pendingSubmission'),
    shot,
    report: accepted,
    hasStandard: true,
  }),
  'result-refused': snapshot({
    step: 'result',
    student,
    order: paid,
    shot,
    report: refused,
    hasStandard: true,
  }),
  'result-no-face': snapshot({
    step: 'result',
    student,
    order: paid,
    shot,
    report: nobody,
    hasStandard: false,
  }),
  submitted: snapshot({
    step: 'submitted',
    student,
    order: inReview,
    photoId: shot.photoId,
    delivery: 'delivered',
  }),
  'submitted-offline': snapshot(
    {
      step: 'submitted',
      student,
      order: order('verifyingIdentity'),
      photoId: shot.photoId,
      delivery: 'queued',
    },
    { connection: { online: false, outbox: 3, parked: 0 } },
  ),
  'submitted-parked': snapshot(
    {
      step: 'submitted',
      student,
      order: order('verifyingIdentity'),
      photoId: shot.photoId,
      delivery: 'parked',
    },
    { connection: { online: true, outbox: 0, parked: 1 } },
  ),
  'submitted-rejected': snapshot({
    step: 'submitted',
    student,
    order: rejected,
    delivery: 'delivered',
  }),
  idle: snapshot(
    { step: 'orders', student, orders: [order('pendingPayment')] },
    { idleSecondsLeft: 18 },
  ),
};

/** A station that nobody has enrolled. */
export const NEW_STATION: StationSnapshot = {
  ...snapshot({ step: 'welcome' }),
  station: { enrolled: false, sample: false, version: '0.1.0', staffUnlocked: false },
};

/** The staff page, unlocked, with work that waits and work that failed. */
export const STAFF: StationSnapshot = {
  ...snapshot({ step: 'welcome' }),
  connection: { online: true, outbox: 1, parked: 1 },
  station: { ...snapshot({ step: 'welcome' }).station, sample: false, staffUnlocked: true },
};
