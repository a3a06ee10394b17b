/** One word or sentence in both languages of the product. */
export type Wording = { readonly zh: string; readonly en: string };

/** The same with blanks, which a client fills with values or with its own marks for them. */
export type Phrase<Blanks extends readonly (string | number)[]> = {
  readonly zh: (...blanks: Blanks) => string;
  readonly en: (...blanks: Blanks) => string;
};
