/** Getting a model's files from elsewhere: what is asked for, what came, what went wrong, when to try again. */
export * from './downloader.ts';
export * from './estimate.ts';
export * from './failure.ts';
export * from './pace.ts';
export * from './plan.ts';
export * from './retry.ts';
