import { findSystemBrowser, isRoot } from '../setup/system-browser.ts';

/**
 * Two pages of its own that a browser opens behind the address bar, and nobody sees. They take as much
 * of a core as all the rest of its start.
 */
const PAGES_BEHIND_THE_ADDRESS_BAR = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

/** What Playwright switches off itself: of several such switches a browser hears the last one alone. */
const PLAYWRIGHTS_OWN = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];

/** How tests open the system's browser; `switches`: what one of them needs besides. */
export function browserLaunch(...switches: readonly string[]): {
  readonly executablePath?: string;
  readonly args: string[];
} {
  const executablePath = findSystemBrowser();
  return {
    ...(executablePath ? { executablePath } : {}),
    args: [
      ...(isRoot() ? ['--no-sandbox'] : []),
      `--disable-features=${[...PLAYWRIGHTS_OWN, ...PAGES_BEHIND_THE_ADDRESS_BAR].join(',')}`,
      ...switches,
    ],
  };
}

/** A camera that plays a pattern, or `film`, and that pages may use without asking. */
export function fakeCamera(film?: string): readonly string[] {
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    ...(film ? [`--use-file-for-fake-video-capture=${film}`] : []),
  ];
}
