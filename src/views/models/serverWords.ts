import type { FailureCode, ServerKind } from '#domain';
import { m } from '#i18n';

export const SERVER_WORDS: Readonly<Record<ServerKind, () => string>> = {
  'lm-studio': m.servers_kind_lm_studio,
  ollama: m.servers_kind_ollama,
  'llama-server': m.servers_kind_llama_server,
  'llama-cpp-python': m.servers_kind_llama_cpp_python,
  vllm: m.servers_kind_vllm,
  other: m.servers_kind_other,
};

export interface Remedy {
  /** Where to click, or what the command belongs to; null: the command says it. */
  readonly words: (() => string) | null;
  /** To be typed as it stands; null: there is only a switch. */
  readonly command: string | null;
}

const typed = (command: string): Remedy => ({ words: null, command });

/** The exact switch or command against a failure, by program. `origin`: of this page; `port`: of the address. */
export function remedyOf(kind: ServerKind, code: FailureCode, origin: string, port: string): Remedy | null {
  return REMEDIES[kind][code]?.(origin, port) ?? null;
}

type Remedies = Readonly<Partial<Record<FailureCode, (origin: string, port: string) => Remedy>>>;

/** From each program's documentation; commands are not translated. */
const REMEDIES: Readonly<Record<ServerKind, Remedies>> = {
  'lm-studio': {
    'server-off': (_, port) => ({
      words: m.servers_start_lm_studio,
      command: `lms server start --port ${port} --cors`,
    }),
    'cors-off': (_, port) => ({
      words: m.servers_switch_cors,
      command: `lms server stop && lms server start --port ${port} --cors`,
    }),
    'no-model': () => typed('lms get qwen2.5-0.5b-instruct && lms load qwen2.5-0.5b-instruct'),
  },
  ollama: {
    'server-off': (origin) => typed(`OLLAMA_ORIGINS="${origin}" ollama serve`),
    'cors-off': (origin) => typed(`OLLAMA_ORIGINS="${origin}" ollama serve`),
    'no-model': () => typed('ollama pull qwen2.5:0.5b'),
  },
  'llama-server': {
    'server-off': (_, port) => typed(`llama-server -m model.gguf --port ${port}`),
    'key-needed': (_, port) => typed(`llama-server -m model.gguf --port ${port} --api-key KEY`),
  },
  'llama-cpp-python': {
    'server-off': (_, port) =>
      typed(`python -m llama_cpp.server --model model.gguf --port ${port} --interrupt_requests false`),
    'key-needed': (_, port) => typed(`python -m llama_cpp.server --model model.gguf --port ${port} --api_key KEY`),
  },
  vllm: {
    'server-off': (_, port) => typed(`vllm serve Qwen/Qwen2.5-0.5B-Instruct --port ${port}`),
    'cors-off': (origin, port) =>
      typed(`vllm serve Qwen/Qwen2.5-0.5B-Instruct --port ${port} --allowed-origins '["${origin}"]'`),
    'key-needed': (_, port) => typed(`vllm serve Qwen/Qwen2.5-0.5B-Instruct --port ${port} --api-key KEY`),
  },
  other: {
    'cors-off': (origin) => typed(`Access-Control-Allow-Origin: ${origin}`),
  },
};
