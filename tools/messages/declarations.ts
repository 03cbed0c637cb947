/**
 * Types of the compiled messages in one file, `messages.d.ts`. Without it every program that checks types reads each
 * message's module: 1,700 files, more than all others together, again for each component that is linted.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const inputsOf = /@typedef \{(\{.*\})\} \w+Inputs \*\//;
/** The compiler writes `inputs?` where a message takes none. */
const functionOf = /^export const (\w+) = \/\*\* @type \{\(\((inputs\??): \w+Inputs, options\?: (\{.*?\})\) =>/m;
/** What an editor shows beside the key. */
const textOf = /^\* \| (".*") \|$/m;

/** The declaration of one message from its module's text. Throws where the compiler writes in another way. */
export function declarationOf(module: string): string {
  const inputs = inputsOf.exec(module)?.[1];
  const [, key, parameter, options] = functionOf.exec(module) ?? [];
  if (inputs === undefined || key === undefined) throw new Error(`No message is found in:\n${module}`);
  const text = textOf.exec(module)?.[1]?.replaceAll('*/', '* /');
  const comment = text === undefined ? '' : `  /** ${text} */\n`;
  return `${comment}  readonly ${key}: (${parameter}: ${inputs}, options?: ${options}) => LocalizedString;`;
}

/** Writes `messages.d.ts` into the folder of the compiled messages, beside the `messages.js` that it describes. */
export function writeDeclarations(folder: string): void {
  const messages = join(folder, 'messages');
  const modules = readdirSync(messages).filter((name) => name.endsWith('.js') && name !== '_index.js');
  const declarations = modules.map((name) => declarationOf(readFileSync(join(messages, name), 'utf8')));
  const lines = [
    "import type { LocalizedString } from './runtime.js';",
    'export declare const m: {',
    ...declarations,
    '};',
  ];
  writeFileSync(join(folder, 'messages.d.ts'), `${lines.join('\n')}\n`);
}
