import { createHash } from 'node:crypto';
import type { ROUTES, RouteId } from '@gradshot/contract';
import { buildCheck, buildRefusal, buildReport } from '@gradshot/testkit';
import {
  ARRIVAL_CODE,
  type Bytes,
  COLLECTION_CODE,
  freshId,
  LAST_FOUR,
  move,
  Refusal,
  SMS_CODE,
  TOKEN,
  WECHAT_CODE,
  type World,
} from './scripted-world.ts';

type Call = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, never>>;
  // biome-ignore lint/suspicious/noExplicitAny: parsed by the route's own schema just before
  readonly body: any;
  readonly bytes: Bytes;
};
type Handler = (world: World, call: Call) => unknown;

const CHUNK_BYTES = 16 * 1024;
const FAR = '2099-01-01T00:00:00.000Z';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function ownOrder(world: World, { params }: Call) {
  if (!world.linked || params.orderId !== world.order.orderId) throw new Refusal('order.notFound');
  return world.order;
}

const account = (world: World) => ({
  accountId: '00000000-0000-4000-8000-00000000ac01',
  kind: 'wechat' as const,
  students: world.linked ? [world.student] : [],
});

const session = (world: World) => ({
  accountToken: TOKEN,
  expiresAt: FAR,
  account: account(world),
});

function summary({ order }: World) {
  const {
    student: _s,
    history: _h,
    photoId: _p,
    photoErasedAt: _e,
    refusedPhotoId: _r,
    promisedAt: _t,
    arrival: _a,
    ...rest
  } = order;
  return rest;
}

const ticket = (world: World) => {
  const { studentId: _, ...student } = world.student;
  return { ticket: 'ticket-1', expiresAt: FAR, student };
};

const uploadAnswer = (world: World) => {
  const { upload, order } = world;
  if (!upload) throw new Refusal('photo.notFound');
  const { photoId, size, state, bytes } = upload;
  return {
    photoId,
    orderId: order.orderId,
    size,
    offset: bytes.byteLength,
    chunkBytes: CHUNK_BYTES,
    state,
    expiresAt: FAR,
  };
};

function append(world: World, call: Call) {
  const { upload } = world;
  if (!upload || upload.photoId !== call.params.photoId) throw new Refusal('photo.notFound');
  const offset = Number(call.params.offset);
  const stored = upload.bytes.byteLength;
  if (offset > stored) throw new Refusal('upload.offsetMismatch', { offset: stored });
  if (offset === stored) upload.bytes = new Uint8Array(Buffer.concat([upload.bytes, call.bytes]));
  return uploadAnswer(world);
}

function complete(world: World) {
  const { upload } = world;
  if (!upload) throw new Refusal('photo.notFound');
  if (upload.state === 'complete') return uploadAnswer(world);
  if (sha256(upload.bytes) !== upload.sha256) {
    upload.bytes = new Uint8Array();
    throw new Refusal('photo.digestMismatch');
  }
  move(world, 'keepPhoto', 'graduate');
  upload.state = 'complete';
  const { refusedPhotoId: _, ...order } = world.order;
  world.order = { ...order, photoId: upload.photoId };
  return uploadAnswer(world);
}

/** Queued, twice running, then done: by the number of questions. */
function job(world: World) {
  const { job: present, order, pictures } = world;
  if (!present) throw new Refusal('photo.notFound');
  const base = { photoId: present.photoId, orderId: order.orderId };
  if (present.polls < 1) return { ...base, state: 'queued', progress: 0, ahead: 2 };
  if (present.polls < 3)
    return { ...base, state: 'running', progress: present.polls * 0.3, stage: 'matte' };
  const standard = { sha256: sha256(pictures.standard), bytes: pictures.standard.byteLength };
  return { ...base, state: 'done', progress: 1, standard, report: reportOf(world) };
}

function reportOf({ verdict }: World) {
  if (verdict === 'refuse') return unevenLight();
  if (verdict === 'accept') return buildReport();
  const remark = buildCheck('pose.shoulders', {
    level: 'warn',
    zh: '双肩略有高低，建议放平双肩。',
    en: 'The shoulders are slightly uneven.',
  });
  return buildReport({ checks: [...buildReport().checks.slice(0, 20), remark] });
}

function unevenLight() {
  const refusal = buildRefusal('light.evenness');
  const words = {
    zh: '面部一侧偏暗（阴阳脸），请调整灯光使两侧均匀。',
    en: 'One side of the face is dark. Even out the light.',
  };
  const checks = refusal.checks.map((check) => ({ ...check, ...words }));
  return { ...refusal, reason: { code: 'light.evenness', ...words }, checks };
}

function pollJob(world: World, { params }: Call) {
  if (world.job?.photoId !== params.photoId || !world.job) throw new Refusal('photo.notFound');
  world.job.polls += 1;
  if (world.job.polls === 3) finishJob(world);
  return job(world);
}

function finishJob(world: World): void {
  const accepted = world.verdict !== 'refuse';
  move(world, accepted ? 'acceptStandardization' : 'refuseStandardization', 'server');
  if (accepted) return;
  const { photoId: refusedPhotoId = '', ...order } = world.order;
  world.order = { ...order, refusedPhotoId };
}

function payment(world: World) {
  const { payment: present, order } = world;
  if (!present) throw new Refusal('request.notFound');
  return {
    paymentId: present.paymentId,
    orderId: order.orderId,
    method: 'jsapi',
    state: present.state,
    amountFen: order.priceFen,
    expiresAt: FAR,
    h5Url: '/v1/sample/pay?id=1',
    jsapi: {
      timeStamp: '1795000000',
      nonceStr: 'nonce',
      package: 'prepay_id=wx1',
      signType: 'RSA',
      paySign: 'signature',
    },
  };
}

/** WeChat's notification comes between the first and the second question. */
function pollPayment(world: World) {
  if (!world.payment) throw new Refusal('request.notFound');
  world.payment.polls += 1;
  if (world.payment.polls === 2) {
    world.payment.state = 'paid';
    move(world, 'confirmPayment', 'server');
  }
  return payment(world);
}

function approvedOnly(world: World, call: Call): void {
  const { state } = ownOrder(world, call);
  if (!['collected', 'publishing', 'published'].includes(state))
    throw new Refusal('download.notApproved');
}

const SHEETS = [
  { layout: '5in', zh: '5 寸', en: '5 inch', width: 1500, height: 1051, copies: 8 },
  { layout: '6in', zh: '6 寸', en: '6 inch', width: 1795, height: 1205, copies: 8 },
  { layout: 'a4', zh: 'A4', en: 'A4', width: 3508, height: 2479, copies: 30 },
] as const;

const chatMessage = (world: World, i: number) => {
  const message = world.messages[i];
  return { ...message, sequence: i + 1, at: '2026-11-23T02:00:00.000Z' };
};

function sendMessage(world: World, { params, body }: Call) {
  const messageId = params.messageId ?? '';
  const known = world.messages.findIndex((x) => x.messageId === messageId);
  if (known >= 0) return chatMessage(world, known);
  world.messages.push({ messageId, text: body.text, from: 'graduate' });
  return chatMessage(world, world.messages.length - 1);
}

/** For programs, stations and staff; and the stream, which a mini-program cannot open. */
type NotAPhones = 'wechatPayNotify' | 'enrolStation' | 'loginStaff' | 'streamEvents';
type ForPhones = {
  [R in RouteId]: (typeof ROUTES)[R]['callers'][number] extends 'station' | 'staff' ? never : R;
}[RouteId];

/** A new route that a phone may call fails the types here. */
const SCRIPTS: Readonly<Record<Exclude<ForPhones, NotAPhones>, Handler>> = {
  getClientSettings: () => ({
    sample: true,
    wechatTemplateIds: ['template-review'],
    customerService: {
      phone: '400-000-0000',
      hours: '工作日 9:00–18:00',
      faq: [
        {
          questionZh: '截图的采集码为什么识别不了？',
          answerZh: '截图会压缩二维码，请在学信网长按二维码保存原图后再识别。',
          questionEn: 'Why can a screenshot not be read?',
          answerEn: 'Screenshots blur the code. Save the original by a long press.',
        },
        {
          questionZh: '审核未通过需要再付费吗？',
          answerZh: '不需要，请按原因尽快重新拍照上传。',
          questionEn: 'Do I pay again after a rejection?',
          answerEn: 'No. Take another photo as the reason says.',
        },
      ],
    },
  }),
  loginWechat: (world, { body }) => {
    if (body.code !== WECHAT_CODE) throw new Refusal('auth.wechatCode');
    return session(world);
  },
  requestSmsCode: () => ({ expiresAt: FAR, resendAfterSeconds: 60 }),
  loginSms: (world, { body }) => {
    if (body.code !== SMS_CODE) throw new Refusal('auth.smsCodeWrong', { remaining: 4 });
    return session(world);
  },
  getAccount: account,
  logout: () => ({ loggedOutAt: '2026-11-23T02:00:00.000Z' }),
  resolveCode: (world, { body }) => {
    if (!('payload' in body) || body.payload !== COLLECTION_CODE)
      throw new Refusal('code.notCollectionCode');
    return ticket(world);
  },
  readCodePicture: () => ({
    codes: [{ payload: COLLECTION_CODE }],
    payload: COLLECTION_CODE,
  }),
  verifyLastFour: (world, { body }) => {
    if (body.lastFour !== LAST_FOUR)
      throw new Refusal('eligibility.lastFourWrong', { remaining: 4 });
    world.linked = true;
    const { student } = world;
    return { sessionToken: 'unused', expiresAt: FAR, student, orders: [summary(world)] };
  },
  listOrders: (world) => ({ orders: world.linked ? [summary(world)] : [] }),
  getOrder: ownOrder,
  getService: (world, call) => ({
    priceFen: ownOrder(world, call).priceFen,
    items: [
      { zh: '图像采集', en: 'Collection of the image' },
      { zh: '图像标准化（制作标准照）', en: 'Standardisation' },
      { zh: '人工审核，未通过免费重拍', en: 'Review by a person, free retakes' },
      { zh: '电子标准照与排版照下载', en: 'Downloads of photo and print sheets' },
    ],
    consents: [
      {
        kind: 'service',
        version: '2026-09',
        zh: '本服务为您采集、制作并审核毕业证照，按学校要求报送学信网。请确认学籍信息准确，照片为本人近期拍摄。'.repeat(
          2,
        ),
        en: 'We collect, make and review your graduation photo and deliver it as your school asks.',
      },
      {
        kind: 'faceProcessing',
        version: '2026-09',
        zh: '为制作毕业证照并核对是否为本人，我们将处理您照片中的人脸信息。自动比对仅供参考，由人工作出决定；您可以撤回同意。'.repeat(
          2,
        ),
        en: 'Your face data are processed to make the photo and to check that it shows you.',
      },
    ],
  }),
  giveConsent: (world, { body }) => {
    world.consents = body.consents.map(({ kind }: { kind: string }) => kind);
    return { recordedAt: '2026-11-23T02:00:00.000Z' };
  },
  cancelOrder: (world, call) => {
    ownOrder(world, call);
    move(world, 'cancel', 'graduate');
    return summary(world);
  },
  createPayment: (world, call) => {
    ownOrder(world, call);
    if (world.order.state !== 'pendingPayment') throw new Refusal('payment.alreadyPaid');
    world.payment = { paymentId: freshId(), state: 'pending', polls: 0 };
    return payment(world);
  },
  getPayment: pollPayment,
  createUpload: (world, call) => {
    ownOrder(world, call);
    const { size, sha256: digest } = call.body;
    const photoId = call.params.photoId ?? '';
    if (world.upload?.photoId !== photoId)
      world.upload = { photoId, size, sha256: digest, bytes: new Uint8Array(), state: 'receiving' };
    return uploadAnswer(world);
  },
  getUpload: uploadAnswer,
  appendUpload: append,
  completeUpload: complete,
  startStandardization: (world, call) => {
    ownOrder(world, call);
    if (world.job?.photoId !== call.params.photoId) world.job = undefined;
    world.job ??= { photoId: call.params.photoId ?? '', polls: 0 };
    return job(world);
  },
  getStandardization: pollJob,
  getStandardPhoto: (world) => world.pictures.standard,
  retakePhoto: (world, call) => {
    ownOrder(world, call);
    move(world, world.order.state === 'rejected' ? 'retake' : 'discardPhoto', 'graduate');
    const { photoId: _, ...order } = world.order;
    world.order = order;
    world.job = undefined;
    return world.order;
  },
  handInPhoto: (world, call) => {
    ownOrder(world, call);
    move(world, 'handIn', 'graduate');
    return world.order;
  },
  arriveAtStation: (world, call) => {
    const order = ownOrder(world, call);
    if (call.body.code !== ARRIVAL_CODE) throw new Refusal('arrival.codeExpired');
    const known = order.arrival ?? { station: '一号采集点', at: world.now().toISOString() };
    world.order = { ...order, arrival: known };
    return world.order;
  },
  createHandover: (world, call) => {
    ownOrder(world, call);
    return { qrText: 'gradshot:handover:3f1c7a52d0e94b6f8a1b', expiresAt: FAR };
  },
  getDownloads: (world, call) => {
    approvedOnly(world, call);
    const { standard } = world.pictures;
    return {
      keepUntil: FAR,
      standard: {
        fileName: '标准照.jpg',
        width: 480,
        height: 640,
        bytes: standard.byteLength,
        sha256: sha256(standard),
      },
      sheets: SHEETS.map((sheet) => ({ ...sheet, fileName: `排版照-${sheet.layout}.jpg` })),
    };
  },
  downloadStandard: (world, call) => {
    approvedOnly(world, call);
    return world.pictures.standard;
  },
  downloadSheet: (world, call) => {
    approvedOnly(world, call);
    return world.pictures.sheets[call.params.layout ?? ''] ?? new Uint8Array();
  },
  listMessages: (world, { query }) => ({
    messages: world.messages.map((_, i) => chatMessage(world, i)).slice(Number(query.after)),
    more: false,
    online: true,
    unread: 0,
  }),
  sendMessage,
  markChatRead: () => ({ unread: 0 }),
  listNotices: (world) => ({
    unread: Math.min(1, world.order.history.length),
    notices: world.order.history.toReversed().map((entry, i, all) => ({
      noticeId: '00000000-0000-4000-8000-0000000000a1',
      sequence: all.length - i,
      orderId: world.order.orderId,
      titleZh: '采集进度更新',
      titleEn: 'Your collection has moved on',
      zh: '您的毕业证照采集订单有新的进展，请点击查看。',
      en: 'There is news about your graduation photo.',
      at: entry.at,
      read: i > 0,
    })),
  }),
  markNoticesRead: () => ({ unread: 0 }),
};

export const HANDLERS: Readonly<Partial<Record<RouteId, Handler>>> = SCRIPTS;
