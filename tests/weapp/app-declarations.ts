import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DIST } from './weapp-runner.ts';
import type { WxCall } from './wx-stand-in.ts';

type AppJson = {
  readonly pages: readonly string[];
  readonly __usePrivacyCheck__?: boolean;
  readonly permission?: Readonly<Record<string, { readonly desc: string }>>;
};

/** What app.json has to say before a function may be called; `[]`: nothing. */
type Need = 'privacy' | 'page' | `scope.${string}`;
const NEEDS: Readonly<Record<string, readonly Need[]>> = {
  // Features that touch private data.
  chooseMedia: ['privacy', 'scope.camera'],
  saveImageToPhotosAlbum: ['privacy', 'scope.writePhotosAlbum'],
  openSetting: ['scope.writePhotosAlbum'],
  requirePrivacyAuthorize: ['privacy'],
  onNeedPrivacyAuthorization: ['privacy'],
  openPrivacyContract: ['privacy'],
  // Pages.
  navigateTo: ['page'],
  redirectTo: ['page'],
  reLaunch: ['page'],
  navigateBack: [],
  setNavigationBarTitle: [],
  pageScrollTo: [],
  nextTick: [],
  // Features without a declaration.
  login: [],
  scanCode: ['scope.camera'],
  requestPayment: [],
  requestSubscribeMessage: [],
  makePhoneCall: [],
  request: [],
  downloadFile: [],
  getAppBaseInfo: [],
  getRandomValues: [],
  getStorageSync: [],
  setStorageSync: [],
  removeStorageSync: [],
  getFileSystemManager: [],
  'FileSystemManager.copyFile': [],
  'FileSystemManager.getFileInfo': [],
  'FileSystemManager.readFile': [],
  'FileSystemManager.unlink': [],
};

/** Calls that app.json does not cover, or that nobody has looked up yet. */
export function undeclared(calls: readonly WxCall[]): string[] {
  const app = JSON.parse(readFileSync(path.join(DIST, 'app.json'), 'utf8')) as AppJson;
  return calls.flatMap((call) => {
    const needs = NEEDS[call.name];
    if (!needs) return [`${call.name}: not looked up`];
    return needs.filter((need) => !meets(app, need, call)).map((need) => `${call.name}: ${need}`);
  });
}

function meets(app: AppJson, need: Need, { args }: WxCall): boolean {
  if (need === 'privacy') return app.__usePrivacyCheck__ === true;
  if (need !== 'page') return (app.permission?.[need]?.desc ?? '') !== '';
  const { url } = args[0] as { url: string };
  return app.pages.includes(url.replace(/^\//, '').split('?')[0] ?? '');
}
