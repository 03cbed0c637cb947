/** Sets lm-eval up, so that its own reader can check our export: npx tsx tools/formats/main.ts; then `npm test`. */
import { hasLmEval, setUpLmEval } from './lmEval.ts';

if (!hasLmEval()) setUpLmEval();
console.log('lm-eval is here: tests/sharing/lmEval.test.ts uses it.');
