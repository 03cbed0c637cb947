import { CURRENCY_NAMES } from './currencyNames.ts';
import { multiply, ONE, powerOfTen, rational, type Rational } from '../reading/rational.ts';

export type Dimension =
  | 'time'
  /** Months and years: not convertible into days. */
  | 'calendar'
  | 'length'
  | 'mass'
  | 'volume'
  | 'area'
  | 'speed'
  /** In degrees Celsius. Other scales have another zero: they are not converted. */
  | 'temperature'
  | 'fahrenheit'
  | 'kelvin'
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

const CENT = powerOfTen(-2);

/** Sources: SI; the inch, pound and nautical mile by treaty; the Chinese market units of 1959; US customary measures. */
const of = (n: bigint, d = 1n): Rational => rational(n, d);
const INCH = of(254n, 10_000n);
const FOOT = multiply(INCH, of(12n));
const YARD = multiply(INCH, of(36n));
const MILE = multiply(INCH, of(63_360n));
const POUND = of(45_359_237n, 100_000n);
const squared = (a: Rational): Rational => multiply(a, a);
const cubed = (a: Rational): Rational => multiply(a, squared(a));
const GALLON = of(3_785_411_784n, 1_000_000_000n);
const CALORIE = of(4184n, 1000n);

/** Names and factor into the base unit. */
const MEASURES: Readonly<Record<Dimension, readonly (readonly [names: string, factor: Rational])[]>> = {
  time: [
    ['s|sec|secs|second|seconds|秒|秒钟', ONE],
    ['ms|millisecond|milliseconds|毫秒', powerOfTen(-3)],
    ['min|mins|minute|minutes|分钟', of(60n)],
    ['刻|刻钟', of(900n)],
    ['h|hr|hrs|hour|hours|小时|个小时|钟头|个钟头|个钟|钟', of(3600n)],
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
    ['ft|foot|feet|英尺|呎', FOOT],
    ['yd|yard|yards|码', YARD],
    ['mi|mile|miles|英里|哩', MILE],
    ['nautical mile|nautical miles|nmi|海里|浬', of(1852n)],
    ['furlong|furlongs', multiply(YARD, of(220n))],
    ['light year|light years|光年', of(9_460_730_472_580_800n)],
    ['nm|nanometre|nanometres|nanometer|nanometers|纳米', powerOfTen(-9)],
    ['micron|microns|micrometre|micrometres|micrometer|micrometers|微米', powerOfTen(-6)],
    ['丈', of(10n, 3n)],
    ['市尺', of(1n, 3n)],
  ],
  mass: [
    ['g|gram|grams|gramme|grammes|克|公克', ONE],
    ['kg|kilo|kilos|kilogram|kilograms|千克|公斤', powerOfTen(3)],
    ['mg|milligram|milligrams|毫克', powerOfTen(-3)],
    ['t|ton|tons|tonne|tonnes|metric ton|metric tons|吨|公吨', powerOfTen(6)],
    ['short ton|short tons|短吨', multiply(POUND, of(2000n))],
    ['long ton|long tons|长吨', multiply(POUND, of(2240n))],
    ['stone|stones|英石', multiply(POUND, of(14n))],
    ['carat|carats|克拉', of(1n, 5n)],
    ['市两', of(50n)],
    ['斤|市斤', of(500n)],
    ['lb|lbs|pound|pounds|磅', POUND],
    ['oz|ounce|ounces|盎司', multiply(POUND, of(1n, 16n))],
  ],
  volume: [
    ['l|litre|litres|liter|liters|升|公升', ONE],
    ['ml|millilitre|millilitres|milliliter|milliliters|毫升', powerOfTen(-3)],
    ['gallon|gallons|gal|gals|加仑', GALLON],
    ['quart|quarts|夸脱', multiply(GALLON, of(1n, 4n))],
    ['pint|pints|品脱', multiply(GALLON, of(1n, 8n))],
    ['cup|cups', multiply(GALLON, of(1n, 16n))],
    ['fluid ounce|fluid ounces|fl oz|液盎司', multiply(GALLON, of(1n, 128n))],
    ['barrel|barrels|bbl', multiply(GALLON, of(42n))],
    ['cubic foot|cubic feet|立方英尺', cubed(FOOT)],
    ['m^3|cubic metre|cubic metres|cubic meter|cubic meters|立方米', powerOfTen(3)],
    ['cm^3|cubic centimetre|cubic centimetres|cubic centimeter|cubic centimeters|立方厘米', powerOfTen(-3)],
  ],
  area: [
    ['m^2|sqm|square metre|square metres|square meter|square meters|平方米|平米', ONE],
    ['cm^2|square centimetre|square centimetres|square centimeter|square centimeters|平方厘米', powerOfTen(-4)],
    ['km^2|square kilometre|square kilometres|square kilometer|square kilometers|平方公里|平方千米', powerOfTen(6)],
    ['ha|hectare|hectares|公顷', powerOfTen(4)],
    ['亩|mu', of(2000n, 3n)],
    ['acre|acres|英亩', multiply(squared(YARD), of(4840n))],
    ['square mile|square miles|sq mi|平方英里', squared(MILE)],
    ['square foot|square feet|sq ft|sqft|ft^2|平方英尺|平方呎', squared(FOOT)],
    ['square yard|square yards|平方码', squared(YARD)],
    ['square inch|square inches|in^2|平方英寸', squared(INCH)],
    ['坪', of(400n, 121n)],
  ],
  speed: [
    ['m/s|metre per second|metres per second|meters per second|米/秒|米每秒', ONE],
    [
      'km/h|kmh|kph|kilometre per hour|kilometres per hour|kilometers per hour|公里/小时|千米/小时|公里每小时|千米每小时|公里/时|千米/时|千米每时',
      of(5n, 18n),
    ],
    ['km/s|公里/秒|千米/秒|公里每秒|千米每秒', powerOfTen(3)],
    ['mph|mile per hour|miles per hour|英里/小时|英里每小时', of(44_704n, 100_000n)],
    ['knot|knots|节', of(463n, 900n)],
  ],
  temperature: [['°c|℃|celsius|degree celsius|degrees celsius|degrees c|摄氏度', ONE]],
  fahrenheit: [['°f|℉|f|fahrenheit|degree fahrenheit|degrees fahrenheit|degrees f|华氏度', ONE]],
  kelvin: [['kelvin|kelvins|开尔文', ONE]],
  data: [
    ['byte|bytes|字节', ONE],
    ['kb|kilobyte|kilobytes', powerOfTen(3)],
    ['mb|megabyte|megabytes', powerOfTen(6)],
    ['gb|gigabyte|gigabytes', powerOfTen(9)],
    ['tb|terabyte|terabytes', powerOfTen(12)],
  ],
  energy: [
    ['j|joule|joules|焦耳', ONE],
    ['kj|kilojoule|kilojoules|千焦', powerOfTen(3)],
    ['calorie|calories|cal|卡路里', CALORIE],
    ['kcal|kilocalorie|kilocalories|千卡|大卡', multiply(CALORIE, powerOfTen(3))],
    ['kwh|kilowatt hour|kilowatt hours|千瓦时|千瓦小时|度电', of(3_600_000n)],
  ],
  power: [
    ['w|watt|watts|瓦', ONE],
    ['kw|kilowatt|kilowatts|千瓦', powerOfTen(3)],
    ['mw|megawatt|megawatts|兆瓦', powerOfTen(6)],
    ['gw|gigawatt|gigawatts|吉瓦', powerOfTen(9)],
    ['hp|horsepower|马力', of(7457n, 10n)],
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
  ...CURRENCY_NAMES.flatMap(([names, currencies, factor = ONE]) =>
    names.split('|').map((name) => [name, { kind: 'money', currencies, factor }] as const),
  ),
  ...RATIOS.flatMap(([names, unit]) => names.split('|').map((name) => [name, unit] as const)),
  ...Object.entries(MEASURES).flatMap(([dimension, units]) =>
    units.flatMap(([names, factor]) =>
      names.split('|').map((name) => [name, { kind: 'measure', dimension: dimension as Dimension, factor }] as const),
    ),
  ),
]);
