import type { z } from 'zod';

type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

/**
 * A schema of a type that stands elsewhere. It compiles only while what passes the schema is that
 * type and every value of the type may pass, so that neither gains or loses a field unseen.
 */
export function exactly<T>(): <S extends z.ZodType<T>>(
  schema: S & ([T] extends [Frozen<z.input<S>>] ? unknown : never),
) => z.ZodType<T> {
  return (schema) => schema;
}
