import type { GuideArrow, RefusalReason } from '@gradshot/domain';
import type { CompositionFault } from '../composition/placement.ts';

export type GuideSentence = RefusalReason & { readonly arrow?: GuideArrow };

/**
 * What only the live preview says, from where the graduate stands: left and right are the
 * person's own, whether or not the screen shows the picture mirrored.
 */
export const GUIDE_HINTS = {
  noFace: {
    code: 'guide.noFace',
    zh: '请站到取景框中央，正对镜头。',
    en: 'Stand in the middle of the frame and face the camera.',
  },
  upright: {
    code: 'guide.upright',
    zh: '画面是横着或倒着的，请把相机转正。',
    en: 'The picture lies on its side. Turn the camera upright.',
  },
  moveLeft: {
    code: 'guide.moveLeft',
    zh: '请向左移一点。',
    en: 'Move a little to your left.',
    arrow: 'left',
  },
  moveRight: {
    code: 'guide.moveRight',
    zh: '请向右移一点。',
    en: 'Move a little to your right.',
    arrow: 'right',
  },
  closer: {
    code: 'guide.closer',
    zh: '请靠近一点。',
    en: 'Come a little closer.',
    arrow: 'closer',
  },
  back: {
    code: 'guide.back',
    zh: '请后退一点。',
    en: 'Step back a little.',
    arrow: 'back',
  },
  headCut: {
    code: 'guide.headCut',
    zh: '头顶超出画面，请后退一点或放低座椅。',
    en: 'The top of the head is out of view. Step back or lower the seat.',
    arrow: 'back',
  },
  shouldersCut: {
    code: 'guide.shouldersCut',
    zh: '肩部没有进入画面，请后退一点或升高座椅。',
    en: 'The shoulders are out of view. Step back or raise the seat.',
    arrow: 'back',
  },
  proportions: {
    code: 'guide.proportions',
    zh: '请平视镜头，压平过高的头发。',
    en: 'Look straight at the lens and flatten hair that stands up.',
  },
  wall: {
    code: 'guide.wall',
    zh: '背景不够干净，请站到纯色墙面前，离墙约一米。',
    en: 'The background is busy. Stand about a metre in front of a plain wall.',
  },
} as const satisfies Readonly<Record<string, GuideSentence>>;

/** Why the present position cannot become a photo. Off centre has two answers, see `position-hints.ts`. */
export const FAULT_HINTS: Readonly<Record<Exclude<CompositionFault, 'offCentre'>, GuideSentence>> =
  {
    tooFar: GUIDE_HINTS.closer,
    tooClose: GUIDE_HINTS.back,
    hairCutOff: GUIDE_HINTS.headCut,
    shouldersCutOff: GUIDE_HINTS.shouldersCut,
    proportions: GUIDE_HINTS.proportions,
  };
