import type { RequirementCode } from './requirements.ts';

/**
 * Why a reviewer sends a photo back. The graduate reads the sentence, so it says what to change.
 * `requirement`: the point of the catalogue that was not kept, so that screens can show it.
 */
export type RejectionReason = {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly requirement: RequirementCode;
};

export const REJECTION_REASONS = [
  {
    code: 'teethShowing',
    zh: '露出牙齿，请自然闭合嘴唇后重拍',
    en: 'Teeth are showing; close your lips naturally',
    requirement: 'posture.expression',
  },
  {
    code: 'expression',
    zh: '表情不自然，请放松、平静地看向镜头后重拍',
    en: 'The expression is unnatural; relax and look calmly at the camera',
    requirement: 'posture.expression',
  },
  {
    code: 'highlights',
    zh: '面部反光，请避开正面强光并擦去油光后重拍',
    en: 'Glare on the face; avoid hard frontal light and wipe off shine',
    requirement: 'light.even',
  },
  {
    code: 'halfDarkFace',
    zh: '面部光线不均（阴阳脸），请两侧均匀受光后重拍',
    en: 'The face is half dark; light both sides evenly',
    requirement: 'light.even',
  },
  {
    code: 'tooDark',
    zh: '照片过暗或过亮，请在光线良好的室内重拍',
    en: 'Too dark or too bright; shoot again in good indoor light',
    requirement: 'place.wall',
  },
  {
    code: 'wall',
    zh: '背景有阴影或杂物，请离白墙约一米后重拍',
    en: 'Shadow or objects behind you; stand a metre from a white wall',
    requirement: 'place.wall',
  },
  {
    code: 'glassesGlare',
    zh: '眼镜反光，请摘下眼镜或调整角度后重拍',
    en: 'Glare on the glasses; take them off or change the angle',
    requirement: 'accessories.glasses',
  },
  {
    code: 'tintedGlasses',
    zh: '佩戴了有色眼镜，请摘下后重拍',
    en: 'Tinted glasses; take them off',
    requirement: 'accessories.glasses',
  },
  {
    code: 'colouredContacts',
    zh: '佩戴了美瞳，请摘下后重拍',
    en: 'Coloured contact lenses; take them out',
    requirement: 'face.noMakeup',
  },
  {
    code: 'makeup',
    zh: '妆容明显，请素颜重拍',
    en: 'Visible make-up; shoot again without',
    requirement: 'face.noMakeup',
  },
  {
    code: 'jewellery',
    zh: '佩戴了饰品，请摘下头饰、耳饰、项链后重拍',
    en: 'Ornaments; take off headwear, earrings and necklace',
    requirement: 'accessories.none',
  },
  {
    code: 'hairOverFace',
    zh: '头发遮挡眉毛、眼睛或耳朵，请整理头发后重拍',
    en: 'Hair covers brows, eyes or ears; put it back',
    requirement: 'posture.earsForehead',
  },
  {
    code: 'tiltedHead',
    zh: '头部歪斜或未正视镜头，请摆正头部后重拍',
    en: 'The head is tilted or turned; face the camera straight',
    requirement: 'posture.straight',
  },
  {
    code: 'eyesClosed',
    zh: '眼睛闭合或未睁开，请睁开双眼后重拍',
    en: 'Eyes are closed; open them',
    requirement: 'posture.straight',
  },
  {
    code: 'unevenShoulders',
    zh: '双肩不平，请放平双肩后重拍',
    en: 'Shoulders are uneven; level them',
    requirement: 'posture.shoulders',
  },
  {
    code: 'blueClothes',
    zh: '衣服颜色与蓝色背景相近，请更换其他颜色后重拍',
    en: 'The clothes are blue like the background; change them',
    requirement: 'clothes.notBlue',
  },
  {
    code: 'unsuitableClothes',
    zh: '衣着不符合要求（无领、吊带、连帽或高领等），请换有领正装后重拍',
    en: 'Unsuitable clothes (strap, hood, high collar …); wear a formal collar',
    requirement: 'clothes.formal',
  },
  {
    code: 'recaptured',
    zh: '照片为翻拍、扫描或截图，请现场拍摄后上传',
    en: 'A re-photographed, scanned or captured picture; shoot a new one',
    requirement: 'camera.original',
  },
  {
    code: 'retouched',
    zh: '照片经过美颜或修图，请关闭美颜后重拍',
    en: 'The photo is beautified or retouched; switch filters off',
    requirement: 'face.noBeautifying',
  },
  {
    code: 'admissionPhoto',
    zh: '使用了录取照片或旧照片，请重新拍摄',
    en: 'The admission photo or an old one; take a new photo',
    requirement: 'camera.new',
  },
  {
    code: 'sameAsRejected',
    zh: '与上次退回的照片相同，请按原因重新拍摄',
    en: 'The same photo as refused before; take a new one',
    requirement: 'camera.new',
  },
  {
    code: 'selfie',
    zh: '照片为自拍，请由他人使用后置摄像头拍摄',
    en: 'A selfie; let somebody else shoot with the rear camera',
    requirement: 'camera.rear',
  },
  {
    code: 'blurred',
    zh: '照片模糊，请保持相机稳定并对焦后重拍',
    en: 'The photo is blurred; hold the camera steady and focus',
    requirement: 'camera.original',
  },
  {
    code: 'composition',
    zh: '人像过大、过小或不完整，请按取景框重拍',
    en: 'The person is too large, too small or cut off; follow the frame',
    requirement: 'camera.halfBody',
  },
  {
    code: 'notThePerson',
    zh: '照片与学籍信息不是同一人，请由本人重新拍摄；如有疑问请联系客服',
    en: 'The person does not match the record; the graduate must be photographed',
    requirement: 'face.person',
  },
] as const satisfies readonly RejectionReason[];

export type RejectionCode = (typeof REJECTION_REASONS)[number]['code'];
export const REJECTION_CODES = REJECTION_REASONS.map(
  ({ code }) => code,
) as readonly RejectionCode[];

export function findRejectionReason(code: string): RejectionReason | undefined {
  return REJECTION_REASONS.find((reason) => reason.code === code);
}
