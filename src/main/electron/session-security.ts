import type { MediaAccessPermissionRequest, Session } from 'electron';
import { isOwnUrl } from './page-origin.ts';

/**
 * Denies a page everything that a browser may grant, but the camera to the interface itself.
 * Everything is asked in two places by Chromium (request and check), so both are answered.
 */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, decide, details) => {
    decide(
      permission === 'media' &&
        details.isMainFrame &&
        isOwnUrl(details.requestingUrl) &&
        isOwnUrl(contents.getURL()) &&
        isCameraAlone((details as MediaAccessPermissionRequest).mediaTypes),
    );
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    return (
      permission === 'media' &&
      details.isMainFrame &&
      details.mediaType !== 'audio' &&
      isOwnUrl(details.securityOrigin ?? requestingOrigin)
    );
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, decide) => decide(null));
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  blockNetwork(session);
}

function isCameraAlone(mediaTypes: readonly string[] | undefined): boolean {
  return mediaTypes?.length === 1 && mediaTypes[0] === 'video';
}

/** The interface has no network; a request for any is a mistake or an attack. */
function blockNetwork(session: Session): void {
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !isLocal(details.url) });
  });
}

function isLocal(url: string): boolean {
  return isOwnUrl(url) || url.startsWith('blob:') || url.startsWith('data:') || isDevTools(url);
}

/** The developer tools' own page; the window refuses to open them in production. */
function isDevTools(url: string): boolean {
  return url.startsWith('devtools://');
}
