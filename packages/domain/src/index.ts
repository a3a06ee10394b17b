export * from './photo-profile.ts';
export * from './standardization.ts';
