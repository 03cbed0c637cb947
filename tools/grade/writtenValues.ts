import { chineseNumeral, decimalText, englishWords, fullWidth, grouped, roundedText } from './numerals.ts';

/** A value as a model may write it, whether it is right, and how it was made. */
export type Written = readonly [text: string, correct: boolean, made: string];

/** `n` thousand yuan, written rightly and wrongly in Chinese. */
export function chineseMoney(n: bigint, other: bigint): readonly Written[] {
  const yi = decimalText(n, 5);
  const round = roundedText(n, 5, 1);
  const isRoundEnough = round.replace('.', '').replace(/^0+/, '').length >= 3 || round === yi;
  return [
    [`${grouped(n)}千元`, true, 'the unit of the table'],
    [`${n}千元`, true, 'no separators'],
    [`人民币${grouped(n)}千元`, true, 'currency before'],
    [fullWidth(`${grouped(n)}`) + '千元', true, 'full width'],
    [`${grouped(n)}（人民幣千元）`, true, 'unit in parentheses, traditional'],
    [`${grouped(n * 1000n)}元`, true, 'expanded'],
    [`${yi}亿元`, true, 'exact in 亿'],
    [`${decimalText(n, 3)}百万元`, true, 'exact in 百万'],
    [`${decimalText(n, 1)}萬元`, true, 'exact in 万, traditional'],
    [`${chineseNumeral(n * 1000n)}元`, true, 'numeral'],
    [`${chineseNumeral(n * 1000n, true)}元整`, true, 'financial numeral'],
    [`${round}亿元`, isRoundEnough, 'rounded to one place'],
    [`${roundedText(n + 10_000n, 5, 1)}亿元`, false, 'rounded to one place, next value'],
    [`${grouped(n)}元`, false, 'scale lost'],
    [`${grouped(n)}万元`, false, 'scale ten times too large'],
    [`${decimalText(n, 6)}亿元`, false, 'billion taken for 亿'],
    [`${grouped(n)}千港元`, false, 'other currency'],
    [`${grouped(n + 1n)}千元`, false, 'last digit off by one'],
    [`-${grouped(n)}千元`, false, 'sign'],
    [`${grouped(other)}千元`, other === n, 'another value'],
    [`${grouped(n)}千元或${grouped(n + 7n)}千元`, false, 'hedge'],
  ];
}

export function englishMoney(n: bigint, other: bigint): readonly Written[] {
  const billion = decimalText(n, 6);
  return [
    [`RMB${grouped(n)} thousand`, true, 'the unit of the table'],
    [`${grouped(n)}`, true, 'bare'],
    [`RMB'000 ${grouped(n)}`, true, 'unit before'],
    [`${billion} billion yuan`, true, 'exact in billion'],
    [`RMB ${decimalText(n, 3)} million`, true, 'exact in million'],
    [`RMB${billion}bn`, true, 'abbreviation'],
    [`${grouped(n * 1000n)} yuan`, true, 'expanded'],
    [`${billion} billion`, true, 'scale without currency'],
    [`US$${billion} billion`, false, 'other currency'],
    [`${billion} million yuan`, false, 'scale too small'],
    [`${decimalText(n, 5)} billion yuan`, false, '亿 taken for billion'],
    [`RMB ${grouped(n)}`, false, 'scale lost'],
    [`RMB${grouped(other)} thousand`, other === n, 'another value'],
    [`either RMB${grouped(n)} thousand or RMB${grouped(n + 5n)} thousand`, false, 'hedge'],
  ];
}

/** A whole number in unitless mathematics. */
export function plain(n: number): readonly Written[] {
  const big = BigInt(n);
  return [
    [grouped(big), true, 'grouped'],
    [`$${grouped(big)}.00`, true, 'currency and decimals'],
    [fullWidth(String(n)), true, 'full width'],
    [englishWords(n), true, 'English words'],
    [chineseNumeral(big), true, 'Chinese numeral'],
    [chineseNumeral(big, true), true, 'financial numeral'],
    [`$${grouped(big).replaceAll(',', '{,}')}$`, true, 'LaTeX separators'],
    [`${n * 2}/2`, true, 'fraction'],
    [`${n}1`, false, 'digit appended'],
    [`1${n}`, false, 'digit put before'],
    [`-${n}`, n === 0, 'sign'],
    [`${n}.5`, false, 'half more'],
    [`${n}%`, n === 0, 'percent'],
    [`${n}万`, n === 0, 'scale'],
    [`${n} or ${n + 1}`, false, 'hedge'],
    [`${n}-${n + 3}`, false, 'range'],
    [`${n} + 3`, false, 'calculation'],
    [`${n} + x`, false, 'open term'],
    [`√${n}`, false, 'root'],
    [`less than ${n}`, false, 'bound'],
    [`超过${n}`, false, 'bound'],
    [`${n}的一半`, n === 0, 'part'],
    [`half of ${n}`, n === 0, 'part'],
    [`-${n}`, n === 0, 'sign'],
    [`零下${n}`, n === 0, 'below zero'],
    [`${n} (${n - 40} red, 40 blue)`, true, 'parts in brackets'],
    [`${n - 40} (${n} red, 40 blue)`, n === 40, 'a part in brackets is right'],
    [`${n * 2} ÷ 2 = ${n} for the ${n + 7} boxes`, true, 'circumstance behind the result'],
    [`<<${n + 9}-9=${n}>>${n}`, true, "calculator's mark"],
    [`<<9-${n + 9}=-${n}>>-${n}`, n === 0, "calculator's mark and sign"],
  ];
}

export function percent(tenths: number): readonly Written[] {
  const value = decimalText(BigInt(tenths), 1);
  return [
    [`${value}%`, true, 'percent'],
    [`${fullWidth(value)}％`, true, 'full width'],
    [`${value} percent`, true, 'word'],
    [value, true, 'bare'],
    [
      `百分之${chineseNumeral(BigInt(Math.floor(tenths / 10)))}${tenths % 10 === 0 ? '' : `点${'零一二三四五六七八九'[tenths % 10] ?? ''}`}`,
      true,
      'spoken',
    ],
    [`上升${value}%`, true, 'rise'],
    [`${value}个百分点`, false, 'points'],
    [decimalText(BigInt(tenths), 3), tenths === 0, 'ratio'],
    [`${decimalText(BigInt(tenths + 1), 1)}%`, false, 'a tenth more'],
  ];
}

export function minutes(hours: number, rest: number): readonly Written[] {
  const total = hours * 60 + rest;
  return [
    [`${total} minutes`, true, 'asked unit'],
    [`${total}分钟`, true, 'asked unit in Chinese'],
    [`${hours} hours and ${rest} minutes`, true, 'compound'],
    [`${hours}小時${rest}分鐘`, true, 'compound, traditional'],
    [`${hours}h ${rest}min`, true, 'abbreviations'],
    [`${total * 60} seconds`, true, 'seconds'],
    [`${hours} hours`, rest === 0, 'part of it'],
    [`${total} hours`, false, 'unit'],
    [`${total + 1} minutes`, false, 'one more'],
    [`${total} km`, false, 'other kind'],
    [`${hours}:${String(rest).padStart(2, '0')}`, true, 'clock'],
    [`${hours}:${String((rest + 1) % 60).padStart(2, '0')}`, false, 'clock, another minute'],
  ];
}
