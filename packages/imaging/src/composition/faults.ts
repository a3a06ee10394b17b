import type { RefusalReason } from '@gradshot/domain';
import type { CompositionFault } from './placement.ts';

/** The head lies on its side: nothing was placed at all. */
export const TURNED_HEAD: RefusalReason = {
  code: 'composition.turned',
  zh: '照片中的人像是横着或倒着的，请竖直拿好相机重新拍摄，或使用没有旋转过的原图。',
  en: 'The person lies on the side. Hold the camera upright, or use the original that nobody turned.',
};

/** Why a photo cannot be composed, and what to do about it. */
export const COMPOSITION_FAULTS: Readonly<Record<CompositionFault, RefusalReason>> = {
  tooFar: {
    code: 'composition.tooFar',
    zh: '人离镜头太远，面部像素不足，请靠近一些重新拍摄。',
    en: 'Too far away: the face has too few pixels. Move closer and shoot again.',
  },
  tooClose: {
    code: 'composition.tooClose',
    zh: '人离镜头太近，身体超出画面，请后退一些重新拍摄。',
    en: 'Too close: the body leaves the picture. Step back and shoot again.',
  },
  offCentre: {
    code: 'composition.offCentre',
    zh: '人不在画面中间，请左右移动到取景框中央重新拍摄。',
    en: 'Off centre. Move to the middle of the frame and shoot again.',
  },
  hairCutOff: {
    code: 'composition.hairCutOff',
    zh: '头顶超出画面，请后退或将镜头抬高，拍全头发。',
    en: 'The top of the head is cut off. Step back or raise the camera.',
  },
  shouldersCutOff: {
    code: 'composition.shouldersCutOff',
    zh: '肩部以下没有拍全，请后退或将镜头放低，拍到胸部。',
    en: 'The shoulders are cut off. Step back or lower the camera, down to the chest.',
  },
  proportions: {
    code: 'composition.proportions',
    zh: '头发过高或低头、仰头，头部比例无法满足规格，请压平头发、平视镜头重新拍摄。',
    en: 'Hair too high, or head bent: its proportions do not fit. Flatten the hair, look straight.',
  },
};
