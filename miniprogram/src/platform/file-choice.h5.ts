type Choice = { readonly accept: string; readonly capture?: 'environment' };

/**
 * Opens the browser's file dialog (with `capture`: the camera). Must run inside a tap. Resolves to
 * undefined when the dialog is closed without a choice.
 */
export function chooseFile(choice: Choice): Promise<File | undefined> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = choice.accept;
  if (choice.capture) input.setAttribute('capture', choice.capture);
  input.style.display = 'none';
  // In the document, because Safari forgets detached inputs, and so that tests can find it.
  document.body.append(input);
  return new Promise((resolve) => {
    const finish = (file: File | undefined) => {
      input.remove();
      resolve(file);
    };
    input.addEventListener('change', () => finish(input.files?.[0] ?? undefined), { once: true });
    input.addEventListener('cancel', () => finish(undefined), { once: true });
    input.click();
  });
}
