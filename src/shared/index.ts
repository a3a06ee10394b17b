export * from './cameras.ts';
export * from './commands.ts';
export * from './day-report.ts';
export * from './pace.ts';
export * from './photo-stick.ts';
export * from './recovery.ts';
export * from './snapshot.ts';
