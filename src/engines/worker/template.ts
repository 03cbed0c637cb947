/** Renders a conversation with the model's own chat template (Jinja), always with the same date. */
import { Environment, Interpreter, parse, tokenize } from '@huggingface/jinja';
import { failure, FailureError, sha256Hex, type Message } from '#domain';

/** Some templates (Llama 3) write today's date into the prompt. Then a run could not be repeated: it is always this. */
const FIXED_DATE = { '%Y': '2025', '%m': '01', '%d': '01', '%b': 'Jan', '%B': 'January', '%H': '00', '%M': '00' };

export interface ChatTemplate {
  /** SHA-256 of the template's source. */
  readonly hash: string;
  /** Throws a FailureError `template-invalid`. */
  render(messages: readonly Message[]): string;
}

/** The texts of `bos_token` and so on, which templates insert. */
export type SpecialTokens = Readonly<Record<string, string>>;

/**
 * `tokenizer_config.json` holds one template, or several by name (then the one called "default" counts); newer models
 * keep it in `chat_template.jinja`, which wins. Throws a FailureError `template-invalid` where there is none.
 */
export function findTemplate(tokenizerConfig: Readonly<Record<string, unknown>>, file: string | null): string {
  const configured = tokenizerConfig.chat_template;
  const named = Array.isArray(configured) ? (configured as unknown[]).find(isDefault)?.template : configured;
  const source = file ?? named;
  if (typeof source === 'string') return source;
  throw invalid('no chat_template in tokenizer_config.json and no chat_template.jinja');
}

function isDefault(entry: unknown): entry is { readonly name: 'default'; readonly template: unknown } {
  return typeof entry === 'object' && entry !== null && 'name' in entry && entry.name === 'default';
}

const SPECIAL = ['bos_token', 'eos_token', 'unk_token', 'sep_token', 'pad_token', 'cls_token', 'mask_token'];

/** A special token is written as its text, or as an object with the text in `content`. */
export function specialTokens(tokenizerConfig: Readonly<Record<string, unknown>>): SpecialTokens {
  const found: Record<string, string> = {};
  for (const name of SPECIAL) {
    const value = tokenizerConfig[name];
    const text = typeof value === 'object' && value !== null && 'content' in value ? value.content : value;
    if (typeof text === 'string') found[name] = text;
  }
  return found;
}

export function chatTemplate(source: string, tokens: SpecialTokens): ChatTemplate {
  // The options with which the reference implementation (Python transformers) compiles templates.
  const program = attempt(() => parse(tokenize(source, { lstrip_blocks: true, trim_blocks: true })));
  return {
    hash: sha256Hex(source),
    render: (messages) =>
      attempt(() => {
        const values = { messages, add_generation_prompt: true, tools: null, documents: null, ...tokens };
        const result = new Interpreter(globals(values)).run(program);
        if (result.type !== 'StringValue') throw new Error(`the template gave a ${result.type}`);
        return result.value as string;
      }),
  };
}

/** Jinja's `Template` class would do, but its `strftime_now` tells the real date, in the browser's language. */
function globals(values: Readonly<Record<string, unknown>>): Environment {
  const environment = new Environment();
  const all: Readonly<Record<string, unknown>> = {
    ...{ true: true, True: true, false: false, False: false, none: null, None: null },
    range: (start: number, stop?: number, step = 1) => range(start, stop, step),
    strftime_now: (format: string) =>
      format.replace(/%[YmdbBHM]/g, (code) => FIXED_DATE[code as keyof typeof FIXED_DATE]),
    raise_exception: (message: unknown) => {
      throw new Error(String(message));
    },
    ...values,
  };
  for (const [name, value] of Object.entries(all)) environment.set(name, value);
  return environment;
}

/** Python's `range`. */
function range(start: number, stop: number | undefined, step: number): number[] {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  const count = Math.max(0, Math.ceil((to - from) / step));
  return Array.from({ length: count }, (_, i) => from + i * step);
}

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw invalid(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function invalid(detail: string): FailureError {
  return new FailureError(failure('template-invalid', detail));
}
