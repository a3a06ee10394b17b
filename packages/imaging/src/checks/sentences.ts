type Sentence = { readonly zh: string; readonly en: string };

/**
 * What a check tells the graduate: what to change, from where the graduate stands. Left and right
 * are the person's own.
 */
export const SENTENCES = {
  pass: { zh: '符合要求。', en: 'As required.' },
  unmeasured: {
    zh: '未能自动判断，请人工确认。',
    en: 'Could not be measured; look at it yourself.',
  },
  noFace: {
    zh: '没有找到人脸，请正对镜头、光线充足地重新拍摄。',
    en: 'No face was found. Face the camera in good light and shoot again.',
  },
  severalFaces: {
    zh: '画面中有多张人脸，请其他人离开画面，背景中不要有照片或海报。',
    en: 'Several faces are in the picture. Only one person may be in it, and no posters.',
  },
  leanRight: { zh: '请把头向右摆正一点。', en: 'Straighten the head a little to your right.' },
  leanLeft: { zh: '请把头向左摆正一点。', en: 'Straighten the head a little to your left.' },
  upright: {
    zh: '人像是横着或倒着的，请竖直拿好相机重新拍摄。',
    en: 'The person lies on the side. Hold the camera upright and shoot again.',
  },
  turnRight: { zh: '请把头向右转正一点。', en: 'Turn the head a little to your right.' },
  turnLeft: { zh: '请把头向左转正一点。', en: 'Turn the head a little to your left.' },
  chinDown: { zh: '请略微收下巴，平视镜头。', en: 'Lower the chin a little; look at the lens.' },
  chinUp: { zh: '请略微抬头，平视镜头。', en: 'Raise the chin a little; look at the lens.' },
  leftShoulderDown: {
    zh: '左肩偏高，请放平双肩。',
    en: 'The left shoulder is higher; level them.',
  },
  rightShoulderDown: {
    zh: '右肩偏高，请放平双肩。',
    en: 'The right shoulder is higher; level them.',
  },
  openEyes: { zh: '请睁开双眼，自然看向镜头。', en: 'Open both eyes and look at the lens.' },
  removeSunglasses: { zh: '请摘下墨镜或有色眼镜。', en: 'Take off dark or tinted glasses.' },
  hairFromEyes: { zh: '请把遮住眼睛的头发拨开。', en: 'Move the hair away from the eyes.' },
  closeMouth: { zh: '请自然闭合嘴唇，不要露齿。', en: 'Close the lips; show no teeth.' },
  neutralFace: { zh: '请保持自然表情，不要大笑。', en: 'Keep a natural expression, no laugh.' },
  removeHat: {
    zh: '头顶颜色不像头发，如戴有帽子、发箍请摘下。',
    en: 'The top of the head does not look like hair. Take off any hat or headband.',
  },
  headCut: {
    zh: '请后退或抬高镜头，拍全头发。',
    en: 'Step back or raise the camera: show all hair.',
  },
  shouldersCut: {
    zh: '请后退或放低镜头，把双肩拍进画面。',
    en: 'Step back or lower the camera: show both shoulders.',
  },
  hairTop: {
    zh: '头顶到上边缘的距离不合规格，请重新拍摄。',
    en: 'Top of hair out of place; shoot again.',
  },
  eyeLine: {
    zh: '眼睛的高度不合规格，请平视镜头重新拍摄。',
    en: 'Eye line out of place; shoot again.',
  },
  faceTooSmall: { zh: '脸部偏小，请靠近一些。', en: 'The face is too small. Move closer.' },
  faceTooLarge: { zh: '脸部偏大，请后退一些。', en: 'The face is too large. Step back.' },
  centreFace: { zh: '脸不在正中，请站到取景框中央。', en: 'Off centre. Stand in the middle.' },
  blurred: {
    zh: '照片不够清晰，请擦净镜头、站稳对焦后重新拍摄。',
    en: 'Not sharp enough. Clean the lens, hold still and shoot again.',
  },
  fewPixels: {
    zh: '面部像素不足，请靠近一些，用原图重新拍摄。',
    en: 'Too few pixels on the face. Move closer and use the original picture.',
  },
  overCompressed: {
    zh: '照片被过度压缩，请使用相机原图，不要经聊天软件转发。',
    en: 'Compressed too much. Use the camera original, not a forwarded copy.',
  },
  recaptured: {
    zh: '像是翻拍屏幕或纸质照片，请现场拍摄本人。',
    en: 'This looks like a photo of a screen or a print. Photograph the person.',
  },
  beautified: {
    zh: '皮肤过于光滑，请关闭美颜、滤镜后重新拍摄。',
    en: 'The skin looks smoothed. Turn beauty filters off and shoot again.',
  },
  refusedBefore: {
    zh: '与之前未通过的照片相同，请重新拍摄。',
    en: 'This is a picture that was refused before. Take a new one.',
  },
  tooDark: { zh: '面部太暗，请面向光源或增加照明。', en: 'The face is too dark. Face the light.' },
  tooBright: { zh: '面部过亮，请减弱正面强光。', en: 'The face is too bright. Soften the light.' },
  glare: {
    zh: '面部有反光，请擦去油光或调整灯光角度。',
    en: 'There is glare on the face. Wipe it or move the light.',
  },
  unevenLight: {
    zh: '面部一侧偏暗（阴阳脸），请调整灯光使两侧均匀。',
    en: 'One side of the face is dark. Even out the light.',
  },
  colourCast: {
    zh: '画面偏色，请换用白光照明、关闭滤镜。',
    en: 'The picture has a colour cast. Use white light and no filter.',
  },
  wallNotPlain: {
    zh: '背景杂乱，抠图边缘可能不准，建议站在干净的白墙前重新拍摄。',
    en: 'The background is busy and edges may suffer. Better stand before a clean white wall.',
  },
  wallShadow: {
    zh: '背景明暗不均或有人影，建议离墙一米左右。',
    en: 'The wall is uneven or shadowed. Stand about a metre from it.',
  },
  wallEdited: {
    zh: '背景像是已被替换过，请上传未经处理的原图。',
    en: 'The background seems replaced already. Use the untouched original.',
  },
  changeClothes: {
    zh: '衣服与照片背景颜色相近，请换深色或其他颜色的衣服。',
    en: 'The clothes have the colour of the background. Wear another colour.',
  },
  clothesLikeWall: {
    zh: '衣服与墙面颜色接近，边缘可能不清，建议换深色衣服。',
    en: 'Clothes and wall look alike and edges may suffer. Darker clothes are better.',
  },
  fileTooLarge: {
    zh: '在最低画质下文件仍超过规定大小，请换用更平整的背景和衣服重新拍摄。',
    en: 'Even at the lowest allowed quality the file is over the size limit.',
  },
  fileTooSmall: {
    zh: '在最高画质下文件仍小于规定大小，照片细节不足，请重新拍摄。',
    en: 'Even at the highest quality the file is under the size limit: too little detail.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

export type SentenceKey = keyof typeof SENTENCES;
