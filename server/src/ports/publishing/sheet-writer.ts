/** Makes a spreadsheet of a table of text; the same table makes the same bytes. */
export type SheetWriter = {
  xlsx(table: readonly (readonly string[])[]): Promise<Uint8Array>;
};
