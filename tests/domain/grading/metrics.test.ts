import { describe, expect, it } from 'vitest';
import { cmrcExact, cmrcF1, cmrcTokens, squadExact, squadF1 } from '../../../src/domain/graders/text/metrics.ts';
import { normaliseSpan } from '../../../src/domain/graders/text/normalise.ts';

describe('SQuAD, as its script computes it', () => {
  it('counts the overlap of token multisets', () => {
    // Two shared tokens of three and of two: precision 2/3, recall 1.
    expect(squadF1('Apple Inc. Cupertino', 'apple inc')).toBeCloseTo(0.8);
    expect(squadF1('the the cat', 'a cat cat')).toBeCloseTo(2 / 3);
    expect(squadF1('x', 'y')).toBe(0);
  });

  it('strips articles and punctuation', () => {
    expect(squadExact('The Apple, Inc.', 'apple inc')).toBe(true);
  });

  it('has the known error that our own comparison must not have', () => {
    expect(squadExact('3.5', '35')).toBe(true);
    expect(normaliseSpan('3.5')).not.toBe(normaliseSpan('35'));
  });
});

describe('CMRC, as its script computes it', () => {
  it('takes Chinese characters one by one and Latin words whole', () => {
    expect(cmrcTokens('京东JD健康2024')).toEqual(['京', '东', 'jd', '健', '康', '2024']);
  });

  it('measures the longest common run', () => {
    // 北京 of 北京市 and 北京大学: run 2, lengths 3 and 4.
    expect(cmrcF1('北京市', '北京大学')).toBeCloseTo((2 * (2 / 3) * (2 / 4)) / (2 / 3 + 2 / 4));
    expect(cmrcExact('騰訊。', '腾讯')).toBe(true);
  });
});

describe('our form for comparing spans', () => {
  it.each([
    ['Ａpple　Inc.', 'apple inc'],
    ['「騰訊控股」。', '腾讯控股'],
    ['1,000', '1000'],
    ['3.9亿元', '3.9亿元'],
    ['C++', 'c++'],
    ['-5', '-5'],
    ['the cat', 'cat'],
  ])('%s', (text, form) => {
    expect(normaliseSpan(text)).toBe(form);
  });
});
