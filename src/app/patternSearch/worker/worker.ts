/** A person's own pattern may take for ever (backtracking): it does that here, and the page ends this worker. */
export interface PatternOrder {
  readonly pattern: string;
  readonly texts: readonly string[];
}

onmessage = ({ data: { pattern, texts } }: MessageEvent<PatternOrder>): void => {
  const expression = new RegExp(pattern, 'imu');
  postMessage(texts.flatMap((text, place) => (expression.test(text) ? [place] : [])));
};
