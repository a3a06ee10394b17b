/** `phone` logs in on H5 alone: WeChat reviewers refuse pages that cannot be reached. */
const h5Pages = process.env.TARO_ENV === 'h5' ? ['pages/login/index', 'pages/scan/index'] : [];

export default defineAppConfig({
  pages: [
    'pages/launch/index',
    'pages/home/index',
    'pages/qualification/index',
    'pages/tutorial/index',
    'pages/verify/index',
    'pages/orders/index',
    'pages/order/index',
    'pages/service/index',
    'pages/requirements/index',
    'pages/capture/index',
    'pages/standardize/index',
    'pages/review/index',
    'pages/download/index',
    'pages/support/index',
    'pages/chat/index',
    'pages/notices/index',
    'pages/handover/index',
    'pages/arrival/index',
    'pages/account/index',
    'pages/privacy/index',
    ...h5Pages,
  ],
  window: {
    navigationBarTitleText: '毕业证照图像采集',
    navigationBarBackgroundColor: '#1457c8',
    navigationBarTextStyle: 'white',
    backgroundColor: '#f3f6fa',
    backgroundTextStyle: 'dark',
  },
  // No feature that touches private data runs before the privacy guide is accepted.
  __usePrivacyCheck__: true,
  permission: {
    'scope.camera': { desc: '用于扫描采集码和拍摄毕业证照' },
    'scope.writePhotosAlbum': { desc: '用于将下载的标准照、排版照保存到相册' },
  },
  lazyCodeLoading: 'requiredComponents',
});
