import type { Wording } from './wording.ts';

/** From the first screen to the collection that the graduate takes part in. */

export const enter: Wording = { zh: '立即进入', en: 'Enter' };
export const collectionSteps: Wording = { zh: '采集流程', en: 'Steps of the collection' };
export const getQualified: Wording = { zh: '获取采集资格', en: 'Get qualified' };

export const readCollectionCode: Wording = {
  zh: '识别学信网图像采集码',
  en: 'Scan your CHSI collection code',
};
export const scanCode: Wording = { zh: '扫码识别', en: 'Scan the code' };
/** Said in place of choosing whose visit it is. */
export const severalCodes: Wording = {
  zh: '画面中有多个二维码，请只对准一个',
  en: 'Several codes are in view. Show only one',
};
export const codeFromPicture: Wording = { zh: '相册识别', en: 'From a picture' };
export const noCodeYet: Wording = {
  zh: '还没有采集码？查看获取教程',
  en: 'No code yet? See how to get one',
};
export const howToGetCode: Wording = {
  zh: '如何获取图像采集码',
  en: 'How to get a collection code',
};
/** The button's name on the site of 学信网, which has no English. */
export const getCode: Wording = { zh: '获取图像采集码', en: 'Get the code (获取图像采集码)' };

export const confirmRecord: Wording = { zh: '核验学籍信息', en: 'Confirm your record' };
export const collections: Wording = { zh: '采集列表', en: 'Your collections' };
export const enterCollection: Wording = { zh: '进入采集', en: 'Enter collection' };
export const collectionDetails: Wording = { zh: '采集详情', en: 'Collection details' };
export const startCollection: Wording = { zh: '开始采集', en: 'Start' };
export const continueCollection: Wording = { zh: '继续采集', en: 'Continue' };
