import type { ThemeConfig } from 'antd';

/** The colours of the console; base.css has the same values as custom properties. */
const COLOURS = {
  paper: '#f3f5f8',
  ink: '#0f1e33',
  inkSoft: '#4a5970',
  line: '#d9e1ea',
  primary: '#1457c8',
  good: '#0a7346',
  warn: '#8a5200',
  bad: '#b3261e',
} as const;

const FONT_FAMILY =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif';

/** Dense enough for a 1366 × 768 screen that people look at all day. */
export const THEME: ThemeConfig = {
  token: {
    colorPrimary: COLOURS.primary,
    colorInfo: COLOURS.primary,
    colorLink: COLOURS.primary,
    colorSuccess: COLOURS.good,
    colorWarning: COLOURS.warn,
    colorError: COLOURS.bad,
    // What antd mixes from such dark colours looks like mud.
    colorSuccessBg: '#e4f4ec',
    colorSuccessBorder: '#a5d6bc',
    colorWarningBg: '#fdf1dd',
    colorWarningBorder: '#efcf98',
    colorErrorBg: '#fdeceb',
    colorErrorBorder: '#f1bab6',
    colorText: COLOURS.ink,
    colorTextSecondary: COLOURS.inkSoft,
    colorTextTertiary: COLOURS.inkSoft,
    colorTextDescription: COLOURS.inkSoft,
    colorBorderSecondary: COLOURS.line,
    colorBgLayout: COLOURS.paper,
    fontFamily: FONT_FAMILY,
    borderRadius: 6,
    wireframe: false,
  },
  components: {
    Layout: {
      headerBg: '#ffffff',
      headerHeight: 48,
      headerPadding: '0 20px',
      siderBg: COLOURS.ink,
    },
    Menu: {
      darkItemBg: COLOURS.ink,
      darkItemSelectedBg: COLOURS.primary,
      itemHeight: 40,
      itemMarginInline: 8,
    },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Card: { headerHeight: 44, headerHeightSM: 40, bodyPaddingSM: 14 },
    Table: { headerBg: '#f7f9fb', cellPaddingBlockMD: 10 },
  },
};
