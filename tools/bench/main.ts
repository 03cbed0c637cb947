/** `npm run -s bench -- prefix|overhead|memory`: options.ts says what each measures. */
import { memoryBench } from './memory.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { overheadBench } from './overhead.ts';
import { prefixBench } from './prefix.ts';

const benches: Readonly<Record<BenchOptions['bench'], (options: BenchOptions) => Promise<boolean>>> = {
  prefix: prefixBench,
  overhead: overheadBench,
  memory: memoryBench,
};

const options = readOptions(process.argv.slice(2));
process.exitCode = (await benches[options.bench](options)) ? 0 : 1;
