import type { Language } from '../../../suite.ts';
import type { ExpectedNumber } from '../compare.ts';

const CHINESE_SCALE: Readonly<Record<string, string>> = {
  '1000': '千',
  '10000': '万',
  '1000000': '百万',
  '100000000': '亿',
  '1000000000': '十亿',
};
const ENGLISH_SCALE: Readonly<Record<string, string>> = {
  '1000': 'thousand ',
  '1000000': 'million ',
  '1000000000': 'billion ',
};
const CURRENCY: Readonly<Record<string, string>> = {
  CNY: '元',
  HKD: '港元',
  TWD: '新台币元',
  USD: '美元',
  EUR: '欧元',
  GBP: '英镑',
  JPY: '日元',
};

/** The asked unit as it is written behind a number in the language of the item: "千元", " thousand CNY". */
export function unitLabel(expected: ExpectedNumber, language: Language): string {
  if (expected.kind !== 'money') return '';
  const scale = expected.scale.n.toString();
  const [currency = ''] = expected.currencies;
  return language === 'en'
    ? ` ${ENGLISH_SCALE[scale] ?? ''}${currency}`
    : `${CHINESE_SCALE[scale] ?? ''}${CURRENCY[currency] ?? currency}`;
}
