import type { Failure, Message, ThinkingMode } from '#domain';

export type TemplateOrder =
  | {
      readonly kind: 'open';
      readonly id: number;
      readonly source: string;
      readonly tokens: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'render';
      readonly id: number;
      readonly messages: readonly Message[];
      readonly thinking: ThinkingMode | undefined;
    };

/** `text`: the template's hash for `open`, the prompt for `render`. */
export type TemplateReply =
  | { readonly id: number; readonly ok: true; readonly text: string }
  | { readonly id: number; readonly ok: false; readonly failure: Failure };
