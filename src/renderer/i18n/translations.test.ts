import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { zh } from './zh.ts';

type Texts = { readonly [key: string]: string | readonly string[] | Texts };

/** Every sentence with its path. */
function sentences(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) => {
    const here = path ? `${path}.${key}` : key;
    if (typeof value === 'string') return [[here, value] as [string, string]];
    return sentences(value as Texts, here);
  });
}

const blanks = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

describe('the two languages', () => {
  const english = new Map(sentences(en));

  it.each(sentences(zh))('%s fills the same blanks', (path, chinese) => {
    expect(blanks(english.get(path) ?? '')).toEqual(blanks(chinese));
  });

  it('leave nothing empty', () => {
    for (const [path, text] of [...sentences(zh), ...sentences(en)])
      expect(text.trim(), path).not.toBe('');
  });
});
