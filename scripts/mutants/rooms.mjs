/**
 * Rooms where a slip costs a photo, money or somebody's privacy. `tests` are their neighbours: each
 * mutant runs those that reach it, so whole servers and browsers would take days.
 * `alone`: a file is tried with its own tests only, for every test of the room opens a store, and so
 * reaches nearly everything.
 * @type {Readonly<Record<string, { readonly mutate: string, readonly tests: readonly string[], readonly alone?: boolean }>>}
 */
export const ROOMS = {
  domain: { mutate: 'packages/domain/src', tests: ['packages/domain/src'] },
  services: {
    mutate: 'server/src/services',
    tests: ['server/src/services', 'server/tests/money'],
  },
  session: { mutate: 'src/main/station/session', tests: ['src/main/station/session'] },
  store: { mutate: 'src/main/station/store', tests: ['src/main/station/store'], alone: true },
  sync: { mutate: 'src/main/station/sync', tests: ['src/main/station/sync'] },
  matte: {
    mutate: 'packages/imaging/src/matte',
    tests: ['packages/imaging/src/matte', 'packages/imaging/tests/matte'],
  },
};
