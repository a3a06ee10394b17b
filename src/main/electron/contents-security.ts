import type { App, WebContents } from 'electron';
import { isOwnUrl } from './page-origin.ts';

/** Holds for every page that the program ever makes, so that none can be forgotten. */
export function lockContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    denyNewWindows(contents);
    denyNavigation(contents);
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

function denyNewWindows(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Only a reload of the interface itself is left; frames may not leave either. */
function denyNavigation(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isOwnUrl(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnUrl(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
}
