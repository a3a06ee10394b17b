export * from './commands.ts';
export * from './snapshot.ts';
