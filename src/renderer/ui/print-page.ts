/**
 * Prints a page of the station's, whole in itself, by the browser's own dialog, which offers a PDF too. It is
 * shown by a hidden frame that may run nothing; its one style gets the nonce that the shell's policy asks for.
 */
export function printPage(html: string): void {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-same-origin allow-modals');
  frame.className = 'print-frame';
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  frame.srcdoc = nonce ? html.replace('<style>', `<style nonce="${nonce}">`) : html;
  frame.addEventListener('load', () => {
    const page = frame.contentWindow;
    // Nothing of it stays once the dialog is gone.
    page?.addEventListener('afterprint', () => frame.remove(), { once: true });
    page?.print();
  });
  document.body.append(frame);
}
