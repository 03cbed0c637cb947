/** The catalogue: what ships with the page, as versioned data. How to add a suite: README.md. */
export * from './builtInSuite.ts';
export * from './suites.ts';
export * from './models/index.ts';
export * from './thinkingFamilies.ts';
