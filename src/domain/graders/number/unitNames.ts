import { multiply, ONE, powerOfTen, rational, type Rational } from './rational.ts';

export type Dimension =
  | 'time'
  /** Months and years: not convertible into days. */
  | 'calendar'
  | 'length'
  | 'mass'
  | 'volume'
  | 'area'
  | 'speed'
  | 'temperature'
  | 'data'
  | 'energy'
  | 'power'
  /** People, shares, pieces: counted things, no unit of measure. */
  | 'count';

/** What stands behind (or before) a number and says what it is a number of. */
export type Unit =
  | { readonly kind: 'none' }
  /** `currencies`: which it may be ("$" is used by several); `factor`: 1/100 for cents. */
  | { readonly kind: 'money'; readonly currencies: readonly string[]; readonly factor: Rational }
  | { readonly kind: 'percent'; readonly factor: Rational }
  | { readonly kind: 'points'; readonly factor: Rational }
  /** `factor`: into the dimension's base unit (second, metre, gram, litre, …). */
  | { readonly kind: 'measure'; readonly dimension: Dimension; readonly factor: Rational };

export const NO_UNIT: Unit = { kind: 'none' };

const DOLLARS = ['USD', 'HKD', 'TWD', 'SGD', 'AUD', 'CAD'];
const YUAN = ['CNY', 'TWD', 'HKD', 'MOP', 'JPY', 'USD', 'SGD'];
const CENT = powerOfTen(-2);

/** Every name, lower case, simplified. A generic name allows every currency that it is used for. */
const CURRENCIES: readonly (readonly [names: string, currencies: readonly string[], factor?: Rational])[] = [
  ['rmb|cny|cn¥|yuan|renminbi|人民币|人民币元|元人民币|kuai', ['CNY']],
  ['元|圆|块|块钱|元整|圆整', YUAN.slice(0, 4)],
  ['hk$|hkd|港元|港币|港圆|hong kong dollar|hong kong dollars', ['HKD']],
  ['nt$|ntd|twd|新台币|台币|台元|新台币元|new taiwan dollar|new taiwan dollars', ['TWD']],
  ['us$|usd|美元|美金|us dollar|us dollars', ['USD']],
  ['$|dollar|dollars', DOLLARS],
  ['¥', ['CNY', 'JPY']],
  ['jpy|yen|日元|日圆|円', ['JPY']],
  ['€|eur|euro|euros|欧元', ['EUR']],
  ['£|gbp|sterling|英镑', ['GBP']],
  ['krw|won|₩|韩元', ['KRW']],
  ['inr|rupee|rupees|₹|rs|卢比', ['INR']],
  ['s$|sgd|新加坡元|新元', ['SGD']],
  ['a$|aud|澳元', ['AUD']],
  ['c$|cad|加元|加币', ['CAD']],
  ['chf|swiss franc|swiss francs|瑞士法郎', ['CHF']],
  ['mop|澳门元|澳门币', ['MOP']],
  ['角|毛|毛钱|jiao', ['CNY', 'TWD', 'HKD'], powerOfTen(-1)],
  ['分钱|fen', ['CNY', 'TWD', 'HKD'], CENT],
  ['cent|cents|¢|美分', [...DOLLARS, 'EUR'], CENT],
  ['pence|penny|pennies', ['GBP'], CENT],
];

const of = (n: bigint, d = 1n): Rational => rational(n, d);
const INCH = of(254n, 10_000n);
const POUND = of(45_359_237n, 100_000n);

/** Names and factor into the base unit. Sources: SI; the inch and pound of 1959; the Chinese market units of 1959. */
const MEASURES: Readonly<Record<Dimension, readonly (readonly [names: string, factor: Rational])[]>> = {
  time: [
    ['s|sec|secs|second|seconds|秒|秒钟', ONE],
    ['ms|millisecond|milliseconds|毫秒', powerOfTen(-3)],
    ['min|mins|minute|minutes|分钟', of(60n)],
    ['h|hr|hrs|hour|hours|小时|个小时|钟头|个钟头|个钟', of(3600n)],
    ['day|days|天|日', of(86_400n)],
    ['week|weeks|周|星期|个星期|礼拜', of(604_800n)],
  ],
  calendar: [
    ['month|months|个月', ONE],
    ['year|years|年', of(12n)],
  ],
  length: [
    ['m|metre|metres|meter|meters|米|公尺', ONE],
    ['km|kilometre|kilometres|kilometer|kilometers|公里|千米', powerOfTen(3)],
    ['dm|decimetre|decimetres|分米|公寸', powerOfTen(-1)],
    ['cm|centimetre|centimetres|centimeter|centimeters|厘米|公分', CENT],
    ['mm|millimetre|millimetres|millimeter|millimeters|毫米|公厘', powerOfTen(-3)],
    ['inch|inches|英寸|英吋', INCH],
    ['ft|foot|feet|英尺', multiply(INCH, of(12n))],
    ['yd|yard|yards|码', multiply(INCH, of(36n))],
    ['mi|mile|miles|英里', multiply(INCH, of(63_360n))],
  ],
  mass: [
    ['g|gram|grams|gramme|grammes|克|公克', ONE],
    ['kg|kilo|kilos|kilogram|kilograms|千克|公斤', powerOfTen(3)],
    ['mg|milligram|milligrams|毫克', powerOfTen(-3)],
    ['tonne|tonnes|metric ton|metric tons|吨|公吨', powerOfTen(6)],
    ['斤|市斤', of(500n)],
    ['lb|lbs|pound|pounds|磅', POUND],
    ['oz|ounce|ounces|盎司', multiply(POUND, of(1n, 16n))],
  ],
  volume: [
    ['l|litre|litres|liter|liters|升|公升', ONE],
    ['ml|millilitre|millilitres|milliliter|milliliters|毫升', powerOfTen(-3)],
    ['m^3|cubic metre|cubic metres|cubic meter|cubic meters|立方米', powerOfTen(3)],
    ['cm^3|cubic centimetre|cubic centimetres|cubic centimeter|cubic centimeters|立方厘米', powerOfTen(-3)],
  ],
  area: [
    ['m^2|sqm|square metre|square metres|square meter|square meters|平方米|平米', ONE],
    ['cm^2|square centimetre|square centimetres|square centimeter|square centimeters|平方厘米', powerOfTen(-4)],
    ['km^2|square kilometre|square kilometres|square kilometer|square kilometers|平方公里|平方千米', powerOfTen(6)],
    ['ha|hectare|hectares|公顷', powerOfTen(4)],
    ['亩', of(2000n, 3n)],
  ],
  speed: [
    ['m/s|metre per second|metres per second|meters per second|米/秒|米每秒', ONE],
    [
      'km/h|kmh|kph|kilometre per hour|kilometres per hour|kilometers per hour|公里/小时|千米/小时|公里每小时|千米每小时',
      of(5n, 18n),
    ],
    ['mph|mile per hour|miles per hour', of(44_704n, 100_000n)],
  ],
  temperature: [['°c|℃|celsius|degree celsius|degrees celsius|摄氏度', ONE]],
  data: [
    ['byte|bytes|字节', ONE],
    ['kb|kilobyte|kilobytes', powerOfTen(3)],
    ['mb|megabyte|megabytes', powerOfTen(6)],
    ['gb|gigabyte|gigabytes', powerOfTen(9)],
    ['tb|terabyte|terabytes', powerOfTen(12)],
  ],
  energy: [
    ['j|joule|joules|焦耳', ONE],
    ['kwh|kilowatt hour|kilowatt hours|千瓦时|度电', of(3_600_000n)],
  ],
  power: [
    ['w|watt|watts|瓦', ONE],
    ['kw|kilowatt|kilowatts|千瓦', powerOfTen(3)],
    ['mw|megawatt|megawatts|兆瓦', powerOfTen(6)],
  ],
  count: [['people|persons|person|employees|shares|share|人|名|股|家|位|名员工|times|倍|次', ONE]],
};

const RATIOS: readonly (readonly [names: string, unit: Unit])[] = [
  ['%|percent|per cent|pct', { kind: 'percent', factor: ONE }],
  ['‰|per mille|permille', { kind: 'percent', factor: powerOfTen(-1) }],
  ['个百分点|百分点|percentage point|percentage points|pp|ppt|p.p.', { kind: 'points', factor: ONE }],
  ['bp|bps|basis point|basis points|基点|个基点', { kind: 'points', factor: CENT }],
];

/** Every unit by name: lower case, simplified, words joined by one space. */
export const UNITS: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ...CURRENCIES.flatMap(([names, currencies, factor = ONE]) =>
    names.split('|').map((name) => [name, { kind: 'money', currencies, factor }] as const),
  ),
  ...RATIOS.flatMap(([names, unit]) => names.split('|').map((name) => [name, unit] as const)),
  ...Object.entries(MEASURES).flatMap(([dimension, units]) =>
    units.flatMap(([names, factor]) =>
      names.split('|').map((name) => [name, { kind: 'measure', dimension: dimension as Dimension, factor }] as const),
    ),
  ),
]);
