import { modelsAsMarkdown } from '../parts/modelKinds.ts';
import { letterOf, type Answer } from './answers.ts';

/** The table as people keep it in their notes, by kind. Lines without a verdict are left out: they say nothing yet. */
export function answersAsMarkdown(answers: readonly Answer[]): Promise<string> {
  return modelsAsMarkdown(
    answers
      .filter((answer) => letterOf(answer) !== '.')
      .map((answer) => {
        const letter = letterOf(answer);
        return { model: answer.model.name, result: letter === 'u' ? null : letter === 'c' };
      }),
  );
}
