/** Prompts byte for byte as the reference implementation renders them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Message } from '#domain';
import { chatTemplate } from '../../src/engines/worker/template.ts';

interface Case {
  readonly template: string;
  readonly case: string;
  readonly messages: readonly Message[];
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly bos_token: string;
  readonly eos_token: string;
  /** What the reference renders, or the words with which the template refuses. */
  readonly expected?: string;
  readonly refused?: string;
}

const ours = new URL('../fixtures/chatTemplates/', import.meta.url);
const official = new URL('../../../shared/data/chat-templates/', import.meta.url);
const absent = existsSync(official) ? '' : ' (skipped: ../shared/data/chat-templates is not here)';

function casesIn(folder: URL): readonly Case[] {
  if (!existsSync(folder)) return [];
  const lines = readFileSync(new URL('cases.jsonl', folder), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Case);
}

function rendered(folder: URL, { template, messages, kwargs, bos_token, eos_token }: Case): string {
  const source = readFileSync(new URL(`${template}.jinja`, folder), 'utf8');
  const { enable_thinking: thinks, ...variables } = kwargs;
  // As a run says it: by its mode. The rest are variables that only the reference's cases set.
  const mode = thinks === undefined ? undefined : thinks === true ? 'on' : 'off';
  return chatTemplate(source, { bos_token, eos_token }).render(messages, mode, variables);
}

function name({ template, case: conversation, kwargs }: Case): string {
  return `${template}, ${conversation} ${JSON.stringify(kwargs)}`;
}

describe('templates of our own', () => {
  const cases = casesIn(ours);

  test('are all in the cases', () => {
    const files = readdirSync(ours).filter((file) => file.endsWith('.jinja'));
    expect(new Set(cases.map(({ template }) => `${template}.jinja`))).toEqual(new Set(files));
    expect(cases.filter(({ refused }) => refused !== undefined).length).toBeGreaterThan(0);
  });

  test.each(cases.map((c) => [name(c), c] as const))('%s', (_, c) => {
    if (c.refused === undefined) expect(rendered(ours, c)).toBe(c.expected);
    else expect(() => rendered(ours, c)).toThrow(`template-invalid: ${c.refused}`);
  });
});

describe.skipIf(absent !== '')(`official templates${absent}`, () => {
  const cases = casesIn(official);

  test('are all there', () => {
    expect(cases).toHaveLength(66);
  });

  test.each(cases.map((c) => [name(c), c] as const))('%s', (_, c) => {
    expect(rendered(official, c)).toBe(c.expected);
  });
});
