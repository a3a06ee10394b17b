import type { MachineCheckCode } from './machine-checks.ts';

/**
 * What a graduate is told before the photo is taken (拍照注意事项 of the operation manual), and who
 * decides whether each point was kept. `machine`: these checks measure it. `human`: no model at
 * hand measures it, so a person looks, at the station or in review.
 */
export const REQUIREMENT_GROUPS = [
  'place',
  'camera',
  'posture',
  'accessories',
  'clothes',
  'light',
  'face',
] as const;
export type RequirementGroup = (typeof REQUIREMENT_GROUPS)[number];

export type Decision =
  | { readonly by: 'machine'; readonly checks: readonly MachineCheckCode[] }
  | { readonly by: 'human'; readonly questionZh: string; readonly questionEn: string }
  | {
      readonly by: 'both';
      readonly checks: readonly MachineCheckCode[];
      readonly questionZh: string;
      readonly questionEn: string;
    };

export type Requirement = {
  readonly code: string;
  readonly group: RequirementGroup;
  readonly zh: string;
  readonly en: string;
  readonly decision: Decision;
};

const machine = (...checks: readonly MachineCheckCode[]): Decision => ({ by: 'machine', checks });
const human = (questionZh: string, questionEn: string): Decision => ({
  by: 'human',
  questionZh,
  questionEn,
});
const both = (
  questionZh: string,
  questionEn: string,
  ...checks: readonly MachineCheckCode[]
): Decision => ({ by: 'both', checks, questionZh, questionEn });

export const REQUIREMENTS = [
  {
    code: 'place.wall',
    group: 'place',
    zh: '室内光线良好，背景为干净的白墙',
    en: 'Good indoor light in front of a clean white wall',
    decision: machine('wall.plain', 'wall.shadow', 'light.exposure', 'light.colourCast'),
  },
  {
    code: 'place.distance',
    group: 'place',
    zh: '身体距离墙壁一米左右',
    en: 'Stand about one metre from the wall',
    decision: machine('wall.shadow'),
  },
  {
    code: 'place.contrast',
    group: 'place',
    zh: '穿与背景颜色有反差的衣服',
    en: 'Wear clothes that contrast with the wall',
    decision: machine('clothes.contrast'),
  },
  {
    code: 'camera.rear',
    group: 'camera',
    zh: '由他人使用后置摄像头拍摄，不可自拍',
    en: 'Somebody else shoots with the rear camera; no selfie',
    decision: human('是否为他人拍摄（非自拍）？', 'Was it taken by somebody else (no selfie)?'),
  },
  {
    code: 'camera.halfBody',
    group: 'camera',
    zh: '拍摄至胸部的半身照',
    en: 'Half-body picture down to the chest',
    decision: machine('frame.head', 'frame.shoulders', 'picture.resolution'),
  },
  {
    code: 'camera.original',
    group: 'camera',
    zh: '现场拍摄的清晰原片，不得翻拍、扫描或截图',
    en: 'A sharp original shot, no re-photographed, scanned or captured picture',
    decision: both(
      '是否为现场拍摄的原片？',
      'Is it an original shot?',
      'picture.sharpness',
      'picture.compression',
      'picture.recapture',
    ),
  },
  {
    code: 'camera.new',
    group: 'camera',
    zh: '本次拍摄的照片，不得使用录取照片或已被退回的照片',
    en: 'A new photo, not the admission photo or one refused before',
    decision: both('是否为本次拍摄？', 'Was it taken this time?', 'picture.repeated'),
  },
  {
    code: 'posture.earsForehead',
    group: 'posture',
    zh: '露出耳朵和额头，头发不遮眉眼',
    en: 'Ears and forehead visible, hair clear of brows and eyes',
    decision: both(
      '双耳、额头和眉毛是否可见？',
      'Are ears, forehead and brows visible?',
      'eyes.hair',
    ),
  },
  {
    code: 'posture.straight',
    group: 'posture',
    zh: '头部端正，正视镜头，双眼睁开',
    en: 'Head straight to the camera, eyes open',
    decision: machine('pose.roll', 'pose.yaw', 'pose.pitch', 'eyes.open'),
  },
  {
    code: 'posture.shoulders',
    group: 'posture',
    zh: '双肩齐平',
    en: 'Shoulders level',
    decision: machine('pose.shoulders'),
  },
  {
    code: 'posture.expression',
    group: 'posture',
    zh: '表情自然，嘴唇自然闭合',
    en: 'Natural expression, lips closed',
    decision: machine('expression.neutral', 'mouth.closed'),
  },
  {
    code: 'accessories.glasses',
    group: 'accessories',
    zh: '尽量不戴眼镜；常戴者可戴，不得有色、不得反光',
    en: 'Better without glasses; habitual wearers may keep clear ones without glare',
    decision: both(
      '镜片是否无色、无反光？',
      'Are the lenses clear and free of glare?',
      'eyes.sunglasses',
    ),
  },
  {
    code: 'accessories.none',
    group: 'accessories',
    zh: '不戴头饰、耳饰、项链等饰品',
    en: 'No headwear, earrings or necklace',
    decision: both('是否没有头饰、耳饰、项链？', 'Are there no ornaments?', 'head.covering'),
  },
  {
    code: 'clothes.formal',
    group: 'clothes',
    zh: '穿单色有领正装，无复杂图案，不臃肿',
    en: 'Plain collared formal clothes, no busy pattern, not bulky',
    decision: human('是否为单色有领正装？', 'Are the clothes plain, collared and formal?'),
  },
  {
    code: 'clothes.decent',
    group: 'clothes',
    zh: '不穿无袖、吊带、低胸或奇装异服',
    en: 'No sleeveless, strap, low-cut or odd dress',
    decision: human('衣着是否得体？', 'Is the dress decent?'),
  },
  {
    code: 'clothes.notBlue',
    group: 'clothes',
    zh: '禁止穿蓝色衣服（成品背景为蓝色）',
    en: 'No blue clothes, because the background becomes blue',
    decision: machine('clothes.blue'),
  },
  {
    code: 'light.even',
    group: 'light',
    zh: '面部无阴影、无反光，不得出现阴阳脸',
    en: 'No shadow or glare on the face, no half-dark face',
    decision: machine('light.evenness', 'light.highlights'),
  },
  {
    code: 'face.noMakeup',
    group: 'face',
    zh: '素颜，不化妆、不戴美瞳',
    en: 'No make-up, no coloured contact lenses',
    decision: human('是否未化妆、未戴美瞳？', 'Is there no make-up and no coloured lens?'),
  },
  {
    code: 'face.noBeautifying',
    group: 'face',
    zh: '禁止美颜和任何修图',
    en: 'No beautifying filter or retouching',
    decision: both(
      '是否未经美颜或修图？',
      'Is it free of retouching?',
      'picture.beautified',
      'wall.replaced',
    ),
  },
  {
    code: 'face.person',
    group: 'face',
    zh: '必须拍摄本人，且画面中只有本人',
    en: 'The graduate in person, and nobody else in the picture',
    decision: both('是否为本人？', 'Is it the graduate in person?', 'face.count'),
  },
] as const satisfies readonly Requirement[];

export type RequirementCode = (typeof REQUIREMENTS)[number]['code'];

/** What staff at the station and reviewers confirm by eye, because nothing measures it. */
export function humanQuestions(): readonly { code: string; zh: string; en: string }[] {
  return (REQUIREMENTS as readonly Requirement[]).flatMap(({ code, decision }) =>
    decision.by === 'machine' ? [] : [{ code, zh: decision.questionZh, en: decision.questionEn }],
  );
}

/**
 * The operator's list: what staff beside the graduate look at, in the order in which they do. That the
 * picture is an original of this very visit, taken by somebody else and unretouched, a station has
 * settled by taking it.
 */
export const ON_SITE_QUESTIONS = [
  'face.person',
  'posture.earsForehead',
  'accessories.glasses',
  'accessories.none',
  'face.noMakeup',
  'clothes.formal',
  'clothes.decent',
] as const satisfies readonly RequirementCode[];
export type OnSiteQuestion = (typeof ON_SITE_QUESTIONS)[number];

/** The list in words. */
export function onSiteQuestions(): readonly { code: OnSiteQuestion; zh: string; en: string }[] {
  const words = new Map(humanQuestions().map((question) => [question.code, question]));
  return ON_SITE_QUESTIONS.map((code) => {
    const question = words.get(code);
    if (!question) throw new Error(`${code} is asked of nobody`);
    return { ...question, code };
  });
}
