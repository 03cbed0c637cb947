/** `npm run messages`: compiles messages/ into typed functions. */
import { ensureMessages } from './compile.ts';

await ensureMessages();
