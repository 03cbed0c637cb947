import type { Offer } from '../choice/offer.ts';

/**
 * Rows of financial statements that are easily taken for one another: each line one row, by its names. The longest name
 * that a label holds is the row: "cost of revenue" is no revenue, 营业外收入 no 营业收入.
 */
const ROWS: readonly string[] = [
  'revenue|revenues|turnover|total revenue|net sales|营业收入|营业总收入|收入总额|总收入|主营业务收入|收益',
  'cost of revenue|cost of revenues|cost of sales|cost of goods sold|营业成本|营业总成本|销售成本|主营业务成本',
  'other income|营业外收入|其他收入|其他收益',
  '营业外支出',
  'deferred revenue|递延收入|合同负债',
  'gross profit|毛利|毛利润',
  'gross margin|gross profit margin|毛利率',
  'operating profit|operating income|profit from operations|营业利润|经营利润',
  'operating margin|营业利润率',
  'profit before tax|profit before income tax|利润总额|税前利润|除税前利润',
  'net profit|net income|profit for the year|净利润|净利|归母净利润|归属于母公司股东的净利润|归属于上市公司股东的净利润',
  'net margin|净利率|净利润率',
  '扣非净利润',
  'income tax|income tax expense|所得税|所得税费用',
  'total assets|资产总额|总资产|资产总计|资产合计',
  'total liabilities|负债总额|总负债|负债合计|负债总计',
  'net assets|total equity|净资产|权益总额|所有者权益合计',
  'current assets|流动资产',
  'current liabilities|流动负债',
  'research and development expenses|r&d expenses|研发费用|研发支出',
  'selling expenses|selling and marketing expenses|销售费用|销售及市场推广开支',
  'administrative expenses|general and administrative expenses|管理费用|行政开支',
  'finance costs|财务费用|财务成本',
  'ebitda',
  'deferred tax|递延税项',
  '经营活动|operating activities|operating cash flow',
  '投资活动|investing activities|investing cash flow',
  '筹资活动|融资活动|financing activities|financing cash flow',
];

const NAMES: readonly (readonly [name: string, row: number])[] = ROWS.flatMap((line, row) =>
  line.split('|').map((name) => [name, row] as const),
).sort(([a], [b]) => b.length - a.length);

export interface OfRow<T> {
  readonly offers: readonly Offer<T>[];
  /** All candidates are said of another row, by this name. */
  readonly other: string | null;
}

const REACH = 60;
/** More candidates than this are a list or a loop. */
const MOST = 40;

/** The candidates that are said of the one row that the question names, or of none that is known. */
export function ofRow<T>(text: string, question: string, offers: readonly Offer<T>[]): OfRow<T> {
  const asked = namedRow(question);
  if (asked === null || offers.length > MOST) return { offers, other: null };
  let before: NamedRow | null = null;
  let end = 0;
  const rows = offers.map((offer) => {
    const stretch = text.slice(Math.max(end, offer.start - REACH), offer.start);
    const sentence = stretch.slice(stretch.search(LAST_SENTENCE));
    const own = namedRow(sentence);
    if (own !== null || sentence.length < stretch.length) before = own;
    end = offer.end;
    return own ?? before;
  });
  const kept = offers.filter((_, i) => (rows[i] ?? asked).row === asked.row);
  return kept.length > 0 ? { offers: kept, other: null } : { offers, other: rows.at(-1)?.name ?? null };
}

/** Behind the last end of a sentence or line. */
const LAST_SENTENCE = /(?:[^。；;\n.]|\.(?!\s))*$/;

interface NamedRow {
  readonly row: number;
  readonly name: string;
}

/** The one row that a text names, or null where it names none or several. */
function namedRow(text: string): NamedRow | null {
  let rest = text.toLowerCase();
  let named: NamedRow | null = null;
  for (const [name, row] of NAMES) {
    if (!rest.includes(name)) continue;
    if (named !== null && named.row !== row) return null;
    named = { row, name };
    rest = rest.replaceAll(name, '|');
  }
  return named;
}
