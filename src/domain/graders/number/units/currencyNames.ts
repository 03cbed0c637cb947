import { powerOfTen, type Rational } from '../reading/rational.ts';

const DOLLARS = ['USD', 'HKD', 'TWD', 'SGD', 'AUD', 'CAD'];
const YUAN = ['CNY', 'TWD', 'HKD', 'MOP'];
const CENT = powerOfTen(-2);

type Row = readonly [names: string, currencies: readonly string[], factor?: Rational];

/** Every name, lower case, simplified. A generic name allows every currency that it is used for. */
const GENERIC: readonly Row[] = [
  ['元|圆|块|块钱|元整|圆整', YUAN],
  ['dollar|dollars', DOLLARS],
  ['peso|pesos|比索', ['MXN', 'PHP', 'ARS', 'CLP', 'COP']],
  ['franc|francs|法郎', ['CHF', 'XOF', 'XAF']],
  ['krona|kronor|krone|kroner|克朗', ['SEK', 'NOK', 'DKK', 'CZK', 'ISK']],
  ['角|毛|毛钱|jiao', YUAN.slice(0, 3), powerOfTen(-1)],
  ['分钱|fen', YUAN.slice(0, 3), CENT],
  ['cent|cents|¢|美分', [...DOLLARS, 'EUR'], CENT],
  ['pence|penny|pennies', ['GBP'], CENT],
];

/** Those of one currency, and signs. All but words of a language may stand before a number. */
const CURRENCIES: readonly Row[] = [
  ['rmb|cny|cn¥|yuan|renminbi|chinese yuan|人民币|人民币元|元人民币|kuai', ['CNY']],
  ['hk$|hkd|hong kong dollar|hong kong dollars|港元|港币|港圆|港纸|蚊', ['HKD']],
  ['nt$|ntd|twd|new taiwan dollar|new taiwan dollars|taiwan dollars|新台币|台币|台元|新台币元', ['TWD']],
  ['us$|usd|us dollar|us dollars|u.s. dollar|u.s. dollars|american dollars|美元|美金|美币', ['USD']],
  ['$', DOLLARS],
  ['¥', ['CNY', 'JPY']],
  ['jpy|yen|japanese yen|日元|日圆|日币|円', ['JPY']],
  ['€|eur|euro|euros|欧元', ['EUR']],
  ['£|gbp|sterling|pounds sterling|british pound|british pounds|英镑', ['GBP']],
  ['krw|won|korean won|₩|韩元|韩圆|韩币', ['KRW']],
  ['inr|rupee|rupees|indian rupees|₹|rs|卢比|印度卢比', ['INR']],
  ['s$|sgd|singapore dollar|singapore dollars|新加坡元|新加坡币|新元|新币', ['SGD']],
  ['a$|au$|aud|australian dollar|australian dollars|澳元|澳币|澳大利亚元', ['AUD']],
  ['c$|ca$|cad|canadian dollar|canadian dollars|加元|加币|加拿大元', ['CAD']],
  ['nz$|nzd|new zealand dollar|new zealand dollars|新西兰元|纽元', ['NZD']],
  ['chf|swiss franc|swiss francs|瑞士法郎|瑞郎', ['CHF']],
  ['mop|澳门元|澳门币', ['MOP']],
  ['r$|brl|reais|brazilian real|brazilian reais|雷亚尔|巴西雷亚尔', ['BRL']],
  ['mx$|mxn|mexican peso|mexican pesos|墨西哥比索', ['MXN']],
  ['₱|philippine peso|philippine pesos|菲律宾比索', ['PHP']],
  ['₽|rouble|roubles|ruble|rubles|卢布|俄罗斯卢布', ['RUB']],
  ['฿|thb|baht|thai baht|泰铢|铢', ['THB']],
  ['₫|vnd|dong|vietnamese dong|越南盾|越盾', ['VND']],
  ['idr|rupiah|印尼盾|印尼卢比', ['IDR']],
  ['myr|ringgit|malaysian ringgit|林吉特|令吉|马币|马来西亚林吉特', ['MYR']],
  ['sek|swedish krona|swedish kronor|瑞典克朗', ['SEK']],
  ['nok|norwegian krone|norwegian kroner|挪威克朗', ['NOK']],
  ['dkk|danish krone|danish kroner|丹麦克朗', ['DKK']],
  ['₺|turkish lira|lira|liras|里拉|土耳其里拉', ['TRY']],
  ['zar|rand|rands|south african rand|兰特', ['ZAR']],
  ['aed|dirham|dirhams|迪拉姆', ['AED']],
  ['riyal|riyals|saudi riyal|saudi riyals|里亚尔|沙特里亚尔', ['SAR']],
  ['₪|ils|shekel|shekels|谢克尔', ['ILS']],
  ['pln|zloty|zlotys|兹罗提', ['PLN']],
];

export const CURRENCY_NAMES: readonly Row[] = [...GENERIC, ...CURRENCIES];

/** Codes, signs and Chinese names, which also stand before a number: "CAD 5", "R$5", 港币5. The longest first. */
export const BEFORE_NUMBERS: readonly string[] = CURRENCIES.flatMap(([names, currencies]) =>
  names
    .split('|')
    .filter(
      (name) =>
        currencies.includes(name.toUpperCase()) ||
        ['rmb', 'ntd'].includes(name) ||
        /^[\u4e00-\u9fff]{2,}$|[^\w\s.]$/.test(name),
    ),
).sort((a, b) => b.length - a.length);
