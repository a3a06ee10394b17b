/** The browser asks for permissions by itself. */
export function PrivacySheet() {
  return null;
}
