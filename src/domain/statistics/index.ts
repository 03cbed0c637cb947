export * from './wilson.ts';
export * from './mcNemar.ts';
export * from './detectable.ts';
export * from './clustered.ts';
export * from './bootstrap.ts';
export * from './holm.ts';
export * from './repeats.ts';
export * from './studentT.ts';
