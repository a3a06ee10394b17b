export * from './cameras.ts';
export * from './commands.ts';
export * from './recovery.ts';
export * from './snapshot.ts';
