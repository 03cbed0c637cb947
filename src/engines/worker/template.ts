/** Renders a conversation with the model's own chat template (Jinja), always with the same date. */
import { Environment, Interpreter, parse, tokenize } from '@huggingface/jinja';
import {
  failure,
  FailureError,
  sha256Hex,
  thinkingInTemplate,
  thinkingVariables,
  type Message,
  type ThinkingControl,
  type ThinkingMode,
} from '#domain';

/**
 * Some templates write today's date into the prompt. Then a run could not be repeated: it is always this one, to which
 * the templates of Llama 3.1 and 3.2 fall back themselves.
 */
const FIXED_DATE: Readonly<Record<string, string>> = {
  ...{ '%Y': '2024', '%y': '24', '%m': '07', '%b': 'Jul', '%B': 'July', '%d': '26', '%-d': '26', '%e': '26' },
  ...{ '%A': 'Friday', '%a': 'Fri', '%j': '208', '%H': '00', '%M': '00', '%S': '00' },
};

export interface ChatTemplate {
  /** SHA-256 of the template's source. */
  readonly hash: string;
  /** Null: nothing in it says that the model can think. */
  readonly thinking: Extract<ThinkingControl, 'template' | 'always'> | null;
  /**
   * `thinking`: for templates that have a variable for it; `variables`: others of the template's own, as its reference
   * implementation takes them. Throws a FailureError `template-invalid`.
   */
  render(messages: readonly Message[], thinking?: ThinkingMode, variables?: Readonly<Record<string, unknown>>): string;
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
    thinking: thinkingInTemplate(source),
    render: (messages, thinking, variables = {}) =>
      attempt(() => {
        const fixed = { messages, add_generation_prompt: true, tools: null, documents: null, ...tokens };
        const asked = thinking === undefined ? {} : thinkingVariables(source, thinking);
        const values = { ...fixed, ...asked, ...variables };
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
    strftime_now: (format: string) => format.replace(/%-?[a-zA-Z]/g, (code) => FIXED_DATE[code] ?? code),
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
