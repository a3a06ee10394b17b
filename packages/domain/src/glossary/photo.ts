import type { Phrase, Wording } from './wording.ts';

/** The photo: taken, looked at, made into the standard photo, handed in and downloaded. */

export const photoRequirements: Wording = { zh: '拍照要求', en: 'Photo requirements' };
export const glassesAndJewellery: Wording = { zh: '眼镜与饰品', en: 'Glasses and jewellery' };

export const takePhoto: Wording = { zh: '拍照', en: 'Take the photo' };
export const viewPhoto: Wording = { zh: '查看照片', en: 'Look at the photo' };
export const retake: Wording = { zh: '重拍', en: 'Retake' };
export const takeAnotherPhoto: Wording = { zh: '重新拍照', en: 'Retake the photo' };
export const upload: Wording = { zh: '上传', en: 'Upload' };
export const photoUpload: Wording = { zh: '上传照片', en: 'Photo upload' };
export const photoTakenBack: Wording = { zh: '撤下照片', en: 'Photo taken back' };

export const originalPhoto: Wording = { zh: '原片', en: 'Original' };
export const standardPhoto: Wording = { zh: '标准照', en: 'Standard photo' };
export const printSheet: Wording = { zh: '排版照', en: 'Print sheet' };
export const downloadPictures: Wording = { zh: '下载图片', en: 'Download' };
export const savePhoto: Wording = { zh: '保存照片', en: 'Save the photo' };

export const standardise: Wording = { zh: '照片标准化', en: 'Standardise' };
/** The stages of the imaging engine, as its progress names them. */
export const standardisingStages = {
  zh: {
    decode: '读取照片',
    detect: '定位人脸',
    segment: '分离人像',
    matte: '精修发丝边缘',
    compose: '裁切与更换背景',
    encode: '生成标准文件',
    check: '逐项检查',
  },
  en: {
    decode: 'Reading the photo',
    detect: 'Finding the face',
    segment: 'Separating the person',
    matte: 'Refining the hair',
    compose: 'Cropping, new background',
    encode: 'Writing the file',
    check: 'Checking one by one',
  },
};
export const queued: Wording = { zh: '排队中', en: 'Queued' };

export const standardPhotoReady: Wording = {
  zh: '标准照制作完成',
  en: 'The standard photo is ready',
};
export const photoRefused: Wording = {
  zh: '这张照片不符合要求',
  en: 'This photo does not meet the requirements',
};
/** What a machine does not measure is none of them. */
export const allChecksPassed: Wording = {
  zh: '机器检查的项目全部通过',
  en: 'Everything that the machine checks passed',
};
export const checksPassed: Phrase<[count: number | string]> = {
  zh: (count) => `机器检查通过 ${count} 项`,
  en: (count) => `Passed by the machine: ${count}`,
};

export const submit: Wording = { zh: '提交', en: 'Submit' };
export const confirmAndSubmit: Wording = {
  zh: '请再次确认您的照片，然后点击【提交】，照片将进入身份核验中。',
  en: 'Check your photo once more, then press Submit; it goes to the identity check.',
};
export const photoSubmission: Wording = { zh: '提交照片', en: 'Photo submission' };
