import { describe, expect, test } from 'vitest';
import { cellsOf } from '#domain';

const PIPES =
  '收入明细\n\n| 项目 | 2024年 | 2023年 |\n|---|---|---|\n| 商品收入 | 48,795,702 | 45,652,922 |\n|  | (1,234) | 58,159,881 |';
const SPACES = '稳禾混合基金\n\n份额      近一年    近三年\nA类       (3.25)    8.40\nC类       (3.64)    7.12';
const TABS = '截至12月31日止年度\t2024年\t2023年\n商品收入\t48,795,702\t45,652,922';

describe('the cell that a figure stands in', () => {
  test.each([
    [PIPES, '48,795,702千元', '商品收入', '2024年'],
    [PIPES, '45652922', '商品收入', '2023年'],
    // A merged cell on the left belongs to the row above; brackets and signs do not matter.
    [PIPES, '-1,234', '商品收入', '2024年'],
    [PIPES, '５８，１５９，８８１', '商品收入', '2023年'],
    [SPACES, '-3.64%', 'C类', '近一年'],
    [SPACES, '8.4', 'A类', '近三年'],
    [TABS, '45,652,922', '商品收入', '2023年'],
  ])('%#: %s', (passage, figure, row, column) => {
    const cells = cellsOf(passage, figure);
    expect(cells.map((cell) => [cell.row, cell.column])).toEqual([[row, column]]);
    for (const { span, text } of cells) expect(passage.slice(span.start, span.end)).toBe(text);
  });

  test.each([
    [PIPES, '48,795,703'],
    [PIPES, '2024'],
    [PIPES, '没有'],
    ['公司收入为58,159,881千元。', '58,159,881千元'],
  ])('is none for %#: %s', (passage, figure) => {
    expect(cellsOf(passage, figure)).toEqual([]);
  });

  test('is each of several that hold it', () => {
    expect(cellsOf('a  10.5  10.5\nb  10.5  10.5', '10.50')).toHaveLength(3);
  });
});
