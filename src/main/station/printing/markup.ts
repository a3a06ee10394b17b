const TEXT = Symbol('markup');

/** A piece of a page, made by `html` alone: whatever came from outside is escaped in it. */
export type Markup = { readonly [TEXT]: string };
type Piece = string | number | Markup | readonly Markup[] | undefined;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

/** A template whose blanks are text: only other pieces of markup go in as they are. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const text = strings.reduce((sum, part, index) => sum + written(pieces[index - 1]) + part);
  return { [TEXT]: text };
}

function written(piece: Piece): string {
  if (piece === undefined) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escaped(String(piece));
  return TEXT in piece ? piece[TEXT] : piece.map((each) => each[TEXT]).join('');
}

export function textOf(markup: Markup): string {
  return markup[TEXT];
}
