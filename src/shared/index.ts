export * from './cameras.ts';
export * from './commands.ts';
export * from './snapshot.ts';
