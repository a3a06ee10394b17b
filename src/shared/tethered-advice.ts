import { type ErrorCode, errorSentence, type Language } from '@gradshot/domain';

/** What staff can do about a tethered camera; the catalogue's own sentences tell graduates whom to call. */
const ADVICE: { readonly [C in ErrorCode]?: { readonly zh: string; readonly en: string } } = {
  'camera.folderMissing': {
    zh: '找不到照片文件夹：请核对路径，检查移动硬盘或网络共享是否连上。',
    en: 'The photo folder is not there. Check its path, and the drive or share that it is on.',
  },
  'camera.folderUnreadable': {
    zh: '没有权限读取照片文件夹：请允许运行采集程序的系统账号读取它。',
    en: 'The photo folder may not be read. Let the account that runs the station read it.',
  },
  'camera.folderTooFull': {
    zh: '照片文件夹里文件太多：请为相机另选一个空文件夹，不要选整个磁盘。',
    en: 'There are too many files in the photo folder. Choose an empty one for the camera, never a whole disk.',
  },
  'camera.programMissing': {
    zh: '没有找到 gphoto2：请在本机安装 gphoto2，或填写它的完整路径。',
    en: 'gphoto2 was not found. Install it on this machine, or enter its full path.',
  },
  'camera.notFound': {
    zh: '没有检测到相机：请检查数据线、相机是否开机，USB 模式是否为电脑遥控（PTP）。',
    en: 'No camera was found. Check its cable, that it is on, and that its USB mode is PTP.',
  },
  'camera.denied': {
    zh: '没有使用相机的权限：请允许运行采集程序的系统账号访问 USB 设备。',
    en: 'The camera may not be used. Let the account that runs the station reach USB devices.',
  },
  'camera.busy': {
    zh: '相机被其他程序占用：请关闭相册、照片导入和其他相机软件。',
    en: 'Another program has the camera. Close photo libraries, importers and other camera software.',
  },
  'camera.noAnswer': {
    zh: '相机没有应答：请关闭相机再打开，仍然不行请换一根数据线。',
    en: 'The camera does not answer. Turn it off and on; if that does not help, change its cable.',
  },
};

export function tetheredAdvice(code: ErrorCode, language: Language): string {
  return ADVICE[code]?.[language] ?? errorSentence({ code }, language);
}
