/** Repeats: runs that differ in nothing but the seed, and what they say together. */
export * from './group.ts';
export * from './figures.ts';
export * from './majority.ts';
export * from './compareRepeats.ts';
