export * from './errors.ts';
export * from './last-four.ts';
export * from './machine-checks.ts';
export * from './masking.ts';
export * from './order-life-cycle.ts';
export * from './photo-profile.ts';
export * from './result.ts';
export * from './standardization.ts';
