import type { ThemeConfig } from 'antd';

/** The colours of the interface; base.css has the same values as custom properties. */
export const COLOURS = {
  paper: '#f3f6fa',
  surface: '#ffffff',
  ink: '#0f1e33',
  inkSoft: '#42526a',
  line: '#d9e1ea',
  primary: '#1457c8',
  primaryDeep: '#0f459f',
  good: '#0a7346',
  warn: '#8a5200',
  bad: '#b3261e',
} as const;

export const FONT_FAMILY =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif';

/**
 * Ant Design in the same measure as the style sheets: `rem` is the root font size in CSS pixels
 * (16 on a 1920 × 1080 screen), and no control gets lower than 64 px, the smallest touch target.
 */
export function kioskTheme(rem: number): ThemeConfig {
  const px = (size: number): number => Math.round(size * rem);
  const touch = (size: number): number => Math.max(64, px(size));
  return {
    token: {
      colorPrimary: COLOURS.primary,
      // Darker, not lighter: a lighter blue under white words falls below AA.
      colorPrimaryHover: COLOURS.primaryDeep,
      colorPrimaryActive: COLOURS.primaryDeep,
      colorInfo: COLOURS.primary,
      colorSuccess: COLOURS.good,
      colorWarning: COLOURS.warn,
      colorError: COLOURS.bad,
      colorText: COLOURS.ink,
      colorTextSecondary: COLOURS.inkSoft,
      colorTextTertiary: COLOURS.inkSoft,
      colorTextPlaceholder: COLOURS.inkSoft,
      colorBorder: '#8494a8',
      colorBorderSecondary: COLOURS.line,
      colorBgLayout: COLOURS.paper,
      colorTextDisabled: '#5d6b80',
      colorBgContainerDisabled: '#e3e9f1',
      fontFamily: FONT_FAMILY,
      fontSize: px(1.375),
      fontSizeLG: px(1.5),
      borderRadius: px(0.875),
      borderRadiusLG: px(1),
      borderRadiusSM: px(0.625),
      controlHeight: touch(4.5),
      controlHeightLG: touch(5.5),
      lineWidth: 1,
      lineWidthFocus: 4,
      padding: px(1.25),
      paddingLG: px(2),
      motionDurationMid: '0.16s',
      wireframe: false,
    },
    components: {
      Button: {
        paddingInline: px(1.5),
        paddingInlineLG: px(2.25),
        fontWeight: 600,
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
      },
      Checkbox: { controlInteractiveSize: px(2.25) },
      Collapse: { colorBorder: COLOURS.line, headerPadding: `${px(1.25)}px ${px(1.5)}px` },
      Tabs: { titleFontSizeLG: px(1.5), horizontalItemPaddingLG: `${px(1.25)}px ${px(1)}px` },
    },
  };
}
