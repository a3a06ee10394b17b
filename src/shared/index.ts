export * from './cameras.ts';
export * from './commands.ts';
export * from './pace.ts';
export * from './photo-stick.ts';
export * from './portrait-source.ts';
export * from './recovery.ts';
export * from './snapshot.ts';
export * from './tethered-advice.ts';
