import type { Phrase, Wording } from './wording.ts';

export const programName: Wording = { zh: '毕业证照图像采集', en: 'Graduation photo' };
export const consoleName: Wording = { zh: '管理后台', en: 'Console' };
export const sampleMode: Wording = { zh: '演示模式', en: 'Sample mode' };

/** A switch of the language shows the other one's name in itself. */
export const chinese: Wording = { zh: '中文', en: 'Chinese' };
export const english: Wording = { zh: '英文', en: 'English' };

export const back: Wording = { zh: '返回', en: 'Back' };
export const close: Wording = { zh: '关闭', en: 'Close' };
export const retry: Wording = { zh: '重试', en: 'Try again' };
export const send: Wording = { zh: '发送', en: 'Send' };
export const sending: Wording = { zh: '发送中', en: 'Sending' };
export const mobileNumber: Wording = { zh: '手机号', en: 'Mobile number' };
export const logIn: Wording = { zh: '登录', en: 'Log in' };
export const logOut: Wording = { zh: '退出登录', en: 'Log out' };

export const spaceBar: Wording = { zh: '空格', en: 'Space' };

export const version: Wording = { zh: '版本', en: 'Version' };

export const unread: Phrase<[count: number]> = {
  zh: (count) => `${count} 条未读`,
  en: (count) => `${count} unread`,
};
