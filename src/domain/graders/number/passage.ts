import { fold } from '../../extract/text/fold.ts';

const DIGITS = /\d[\d,，]*(?:\.\d+)?/g;

/** Whether the digits of an answer stand in the passage, with whatever separators. Single digits say nothing. */
export function isInPassage(answer: string, passage: string): boolean {
  if (passage === '') return false;
  const [said = ''] = digitsOf(answer);
  return said.length >= 2 && digitsOf(fold(passage)).includes(said);
}

function digitsOf(text: string): readonly string[] {
  return [...text.matchAll(DIGITS)].map((m) => m[0].replace(/[,，]/g, ''));
}
