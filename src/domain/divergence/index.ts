export * from './builds.ts';
export * from './figures.ts';
export * from './outputIds.ts';
export * from './parting.ts';
export * from './partners.ts';
export * from './tokenizers.ts';
