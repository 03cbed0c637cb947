/** A suite with and without reuse, in turns: same answers, same counts, and how much faster. */
import type { AnswerFacts, RunFacts } from './page/runs.ts';
import { median, ratioOver, rounded } from './figures.ts';
import type { BenchOptions } from './options.ts';
import { report } from './report.ts';
import { withBenchPage } from './site.ts';

interface Round {
  readonly withReuse: RunFacts;
  readonly without: RunFacts;
}

/** False: the answers differ. */
export async function prefixBench(options: BenchOptions): Promise<boolean> {
  const { questions, passage, device, model } = options;
  const rounds = options.rounds ?? (model === null ? 5 : 2);
  const maxTokens = options.tokens ?? 16;
  const measured = await withBenchPage({ webgpu: device === 'webgpu', model }, (page) => {
    const chosen = model === null ? 'embedded' : 'folder';
    const order = { model: chosen, device, rounds, passageTokens: passage, maxTokens } as const;
    return page.evaluate((o) => bench.prefix(o), {
      ...order,
      shapes: [
        { passages: 1, questions },
        { passages: model === null ? 3 : 1, questions: 1 },
      ],
    });
  });
  const [many = [], single = []] = measured;
  const same = [...many, ...single].every(sameAnswers);
  const faster = ratioOver(many.map(ratio));
  const alone = ratioOver(single.map(ratio));
  const seconds = (side: keyof Round): number => rounded(median(many.map((round) => round[side].seconds)), 2);
  const figures = { withSeconds: seconds('withReuse'), withoutSeconds: seconds('without') };
  const [first] = many[0]?.withReuse.answers ?? [];
  const name = model ?? 'embedded';
  report(
    [
      `model     ${name} on ${device}, ${rounds} rounds in turns, at most ${maxTokens} new tokens`,
      `passage   prompts of ${first?.promptTokens ?? 0} tokens, ${questions} questions`,
      `seconds   ${figures.withSeconds} with reuse, ${figures.withoutSeconds} without (medians)`,
      `ratio     ${faster.ratio}, 95 % interval ${faster.low} to ${faster.high}`,
      `single    one question on a passage: ${alone.ratio} (${alone.low} to ${alone.high}); below 1 would be slower`,
      `answers   ${same ? 'the same, token ids and counts too' : 'DIFFERENT'}`,
    ],
    {
      bench: 'prefix',
      ...faster,
      single: alone,
      answersEqual: same,
      tokensEqual: same,
      device,
      model: name,
      rounds,
      ...figures,
    },
  );
  return same;
}

function ratio({ withReuse, without }: Round): number {
  return without.seconds / withReuse.seconds;
}

function sameAnswers({ withReuse, without }: Round): boolean {
  const facts = ({ tokenIdsHash, output, promptTokens, outputTokens }: AnswerFacts): string =>
    JSON.stringify([tokenIdsHash, output, promptTokens, outputTokens]);
  const a = withReuse.answers.map(facts);
  const b = without.answers.map(facts);
  return withReuse.state === 'finished' && without.state === 'finished' && a.length > 0 && a.join() === b.join();
}
