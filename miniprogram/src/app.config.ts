export default defineAppConfig({
  pages: ['pages/launch/index'],
  window: { navigationBarTitleText: '毕业证照' },
});
