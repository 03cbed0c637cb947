import type { Outcome } from './outcome.ts';

/** Prints each disagreement, then the figures as one line of JSON. Returns whether all agree. */
export function printOutcomes(outcomes: readonly Outcome[]): boolean {
  const disagreements = outcomes.filter((o) => !o.agrees);
  for (const { id, input, expected, because, got, extracted, why } of disagreements) {
    const { output, gold, question } = input;
    console.log(`${id}: expected ${expected}, got ${got}`);
    if (question !== undefined) console.log(`  question   ${JSON.stringify(question)}`);
    console.log(`  output     ${JSON.stringify(output)}`);
    const unit = gold.unit === undefined ? '' : ` (${gold.unit || 'unitless'})`;
    console.log(`  gold       ${JSON.stringify(gold.value)}${unit}`);
    console.log(`  extracted  ${extracted}`);
    console.log(`  we say     ${why}`);
    console.log(`  case says  ${because}`);
  }
  const falseAccepts = disagreements.filter((o) => o.got === 'correct').length;
  const falseRejects = disagreements.filter((o) => o.expected === 'correct').length;
  const agree = outcomes.length - disagreements.length;
  console.log(JSON.stringify({ agree, of: outcomes.length, falseAccepts, falseRejects }));
  return disagreements.length === 0;
}
