/**
 * Every check that the imaging engine makes by measurement. One list: the engine fills it in, the
 * requirements catalogue refers to it, the screens take their labels from it. What cannot be
 * measured (glare on clear glasses, ears, jewellery, make-up, contact lenses) is not here but in
 * the operator's list: a check that pretends would be worse than none.
 */
type MachineCheckText = {
  /** Short label for a list of checks. */
  readonly zh: string;
  readonly en: string;
  /** Unit of the measured value; empty for a plain ratio. */
  readonly unit: string;
  /** Advisory checks never refuse a photo; they tell a person where to look. */
  readonly advisory?: true;
  /**
   * Whether staff who see the person may take a photo that this check refused; absent: never. `byEye`:
   * an eye judges better than the measure, or the person cannot be otherwise. A number: so far the
   * measure may go. Never for what the regulation sets in figures (file, resolution, place in the
   * frame), nor for what another shot mends at once.
   */
  readonly release?: 'byEye' | number;
};

export const MACHINE_CHECKS = {
  // who is in the picture
  'face.count': { zh: '只有一张人脸', en: 'One face only', unit: 'faces' },
  // pose
  // Ten degrees is what 学信网's own portal takes; the other angles are beyond it when they refuse.
  'pose.roll': { zh: '头部端正', en: 'Head upright', unit: '°', release: 10 },
  'pose.yaw': { zh: '正对镜头', en: 'Facing the camera', unit: '°' },
  'pose.pitch': { zh: '平视镜头', en: 'Looking straight ahead', unit: '°' },
  'pose.shoulders': { zh: '双肩平齐', en: 'Shoulders level', unit: '°', release: 'byEye' },
  // face
  'eyes.open': { zh: '双眼睁开', en: 'Eyes open', unit: '', release: 'byEye' },
  'eyes.sunglasses': { zh: '无墨镜', en: 'No dark glasses', unit: '', release: 'byEye' },
  'eyes.hair': { zh: '头发未遮眼', en: 'Eyes free of hair', unit: '', advisory: true },
  'mouth.closed': { zh: '嘴唇闭合', en: 'Mouth closed', unit: '', release: 'byEye' },
  'expression.neutral': { zh: '表情自然', en: 'Neutral expression', unit: '', advisory: true },
  'head.covering': { zh: '未戴帽子', en: 'No head covering', unit: '', advisory: true },
  // place in the frame
  'frame.head': { zh: '头部完整', en: 'Whole head in frame', unit: 'px' },
  'frame.shoulders': { zh: '肩部完整', en: 'Shoulders in frame', unit: 'px' },
  'frame.hairTop': { zh: '头顶位置', en: 'Top of hair', unit: 'px' },
  'frame.eyeLine': { zh: '眼睛位置', en: 'Eye line', unit: 'px' },
  'frame.faceWidth': { zh: '脸部宽度', en: 'Face width', unit: 'px' },
  'frame.centre': { zh: '左右居中', en: 'Centred', unit: 'px' },
  // picture quality
  'picture.sharpness': { zh: '清晰度', en: 'Sharpness', unit: '' },
  'picture.resolution': { zh: '面部分辨率', en: 'Resolution of the face', unit: 'px' },
  'picture.compression': { zh: '压缩质量', en: 'Compression of the source', unit: '' },
  'picture.recapture': { zh: '非翻拍', en: 'Not a photo of a photo', unit: '', advisory: true },
  'picture.beautified': { zh: '未美颜', en: 'Not beautified', unit: '', advisory: true },
  'picture.repeated': {
    zh: '非重复照片',
    en: 'Not a photo refused before',
    unit: 'bits',
    advisory: true,
  },
  // light
  'light.exposure': { zh: '面部亮度', en: 'Brightness of the face', unit: 'L*', release: 'byEye' },
  'light.highlights': { zh: '面部无反光', en: 'No glare on the face', unit: '%', release: 'byEye' },
  'light.evenness': {
    zh: '面部光线均匀',
    en: 'Even light on the face',
    unit: '',
    release: 'byEye',
  },
  'light.colourCast': { zh: '无偏色', en: 'No colour cast', unit: 'ΔE', release: 'byEye' },
  // wall and clothes
  'wall.plain': { zh: '背景平整', en: 'Plain wall', unit: '%', release: 'byEye' },
  'wall.shadow': { zh: '背景无阴影', en: 'No shadow on the wall', unit: 'L*', release: 'byEye' },
  'wall.replaced': { zh: '背景未处理', en: 'Wall not edited', unit: '', advisory: true },
  'clothes.blue': {
    zh: '衣服与背景不同色',
    en: 'Clothes unlike the background',
    unit: '%',
    release: 'byEye',
  },
  'clothes.contrast': {
    zh: '衣服与墙面分明',
    en: 'Clothes unlike the wall',
    unit: 'ΔE',
    advisory: true,
  },
  // finished file
  'file.size': { zh: '文件大小', en: 'File size', unit: 'KB' },
} as const satisfies Readonly<Record<string, MachineCheckText>>;

export type MachineCheckCode = keyof typeof MACHINE_CHECKS;
export const MACHINE_CHECK_CODES = Object.keys(MACHINE_CHECKS) as readonly MachineCheckCode[];

/** True when the check may refuse a photo by itself. */
export function mayRefuse(code: MachineCheckCode): boolean {
  return !('advisory' in MACHINE_CHECKS[code]);
}

/** Kinds of checks that a person answers by standing or looking otherwise. */
const OF_THE_PERSON: readonly string[] = ['pose', 'eyes', 'mouth', 'expression', 'head', 'frame'];

/**
 * Whether another shot of the same person at the same station may come out better. Light, wall and
 * camera stay what they are.
 */
export function anotherShotHelps(code: string): boolean {
  const [kind = ''] = code.split('.', 1);
  return OF_THE_PERSON.includes(kind) || code === 'picture.sharpness' || code === 'clothes.blue';
}
