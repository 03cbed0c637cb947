import { samplingCode, type MajorityFigures, type RepeatFigures, type Suite } from '#domain';
import { csvText } from './csv.ts';
import type { ArchiveFile } from './formats.ts';
import { lmEvalRepeats } from './lmEvalRepeats.ts';
import { escapeCell, table } from './markdown.ts';
import { runsFile, type RunRecord } from './record.ts';

/** The runs of one group, with what they come to. */
export interface RepeatsRecord {
  readonly runs: readonly [RunRecord, ...RunRecord[]];
  readonly suite: Suite | null;
  readonly figures: RepeatFigures;
  /** By `figures.items`; null where the suite is not at hand, without which answers cannot be told to be equal. */
  readonly majority: MajorityFigures | null;
}

/** Heads and lines that people read, in their language. */
export interface RepeatsWords {
  readonly item: string;
  readonly right: string;
  readonly majority: string;
  /** The sentences of the group's page. */
  readonly sentences: readonly string[];
}

/** A file that a group of repeats can be saved as. */
export interface RepeatsFormat {
  readonly id: string;
  /** Without the first point. */
  readonly extension: string;
  readonly mediaType: string;
  write(group: RepeatsRecord, words: RepeatsWords): string;
}

/** Several files that repeats can be saved as, packed into one. */
export interface RepeatsArchive {
  readonly id: string;
  /** Without the first point. */
  readonly extension: string;
  readonly mediaType: string;
  /** Throws a FailureError: `suite-missing` where the format needs the questions and they are not at hand. */
  files(group: RepeatsRecord): readonly ArchiveFile[];
}

/** A line for each item: how many repeats have it right, what most of them say, what each one says. */
const csv: RepeatsFormat = {
  id: 'csv',
  extension: 'repeats.csv',
  mediaType: 'text/csv;charset=utf-8',
  write: (group) => {
    const { runs, figures, majority } = group;
    const seeds = runs.map(({ header: { spec } }) => (spec.sampling.kind === 'greedy' ? 'greedy' : spec.sampling.seed));
    const heads = [
      'index',
      'item',
      'repeats',
      'correct',
      'share',
      'majority_correct',
      'majority_answer',
      'majority_votes',
    ];
    const lines = figures.items.map(({ itemId, index, correct }, place) => {
      const vote = majority?.items[place];
      return [
        ...[index, itemId, figures.repeats, correct, correct / figures.repeats],
        ...[vote?.correct ?? null, answerAt(group, place, vote?.by ?? null), vote?.votes ?? null],
        ...runs.map((_, run) => answerAt(group, place, run)),
      ];
    });
    const settings = settingsOf(runs[0]);
    const sampling = lines.map((line) => [...line, settings]);
    return csvText([[...heads, ...seeds.map((seed) => `answer_${seed}`), 'sampling'], ...sampling]);
  },
};

/** The sentences, then the items as a table. */
const markdown: RepeatsFormat = {
  id: 'markdown',
  extension: 'repeats.md',
  mediaType: 'text/markdown;charset=utf-8',
  write: (group, words) => {
    const { runs, figures, majority } = group;
    const { model, suite } = runs[0].header.spec;
    const settings = settingsOf(runs[0]);
    const title = [`${model.name} (${model.build.quantisation})`, `${suite.id}@${suite.version}`, settings];
    const sentences = words.sentences.map((sentence) => `- ${escapeCell(sentence)}\n`).join('');
    const rows = figures.items.map(({ itemId, correct }, place) => {
      const vote = majority?.items[place];
      const answer = vote === undefined ? '' : (answerAt(group, place, vote.by) ?? '');
      return [
        escapeCell(itemId),
        `${correct}/${figures.repeats}`,
        `${escapeCell(answer)} ${vote === undefined ? '' : vote.correct ? '✅' : '❌'}`.trim(),
      ];
    });
    return `${title.map(escapeCell).join(' · ')}\n\n${sentences}\n${table([words.item, words.right, words.majority], rows)}`;
  },
};

/** The runs themselves in one file, which is read back. */
const record: RepeatsFormat = {
  id: 'record',
  extension: 'repeats.json',
  mediaType: 'application/json',
  write: ({ runs, suite }) => runsFile(runs, suite),
};

/** In the order in which they are offered. */
export const REPEATS_FORMATS = [record, csv, markdown] as const;
export const REPEATS_ARCHIVES: readonly RepeatsArchive[] = [lmEvalRepeats];

/** The answer that a repeat gave, as it stands in its output; null where it gave none. */
function answerAt({ runs, figures }: RepeatsRecord, place: number, run: number | null): string | null {
  const index = figures.items[place]?.index;
  if (run === null || index === undefined) return null;
  const verdict = runs[run]?.items.find((item) => item.index === index)?.verdict;
  return verdict?.kind === 'graded' ? verdict.answer.text : null;
}

/** What the repeats share of their sampling. */
function settingsOf({ header }: RunRecord): string {
  return samplingCode(header.spec.sampling).replace(/ ?seed=\d+$/, '');
}
