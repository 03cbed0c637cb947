import { exactAmount, type Read } from './amount.ts';
import { add, equal, rational } from './rational.ts';
import type { NumberToken, Token } from './tokens.ts';
import { NO_UNIT, type Unit } from '../units/unitNames.ts';

const CLOCK = /(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(?![\d:]|\.\d)/y;
/** A time of day, or a unit that says that the figures are something else: "at 3:30", "3:30 pm", "3:30 minutes". */
const TIME_OF_DAY = /(?:\b(?:at|by|until|till|before|after|from|around|to)|[在到至从于前后午晨晚]) ?$/i;
const NOT_HOURS = /^ ?(?:[ap]\.?m\b|o'clock|min|sec|分|秒)/i;

/** "3:30" and "3:30:00" as hours, where a duration is asked for. */
export function readClock(text: string, at: number): Read | null {
  CLOCK.lastIndex = at;
  const match = CLOCK.exec(text);
  if (match === null) return null;
  const end = at + match[0].length;
  if (TIME_OF_DAY.test(text.slice(Math.max(0, at - 8), at)) || NOT_HOURS.test(text.slice(end, end + 8))) return null;
  const [, hours = 0, minutes = 0, seconds = 0] = match;
  const minor = add(rational(BigInt(minutes), 60n), rational(BigInt(seconds), 3600n));
  return { amount: exactAmount(add(rational(BigInt(hours)), minor)), end };
}

const HOUR = { kind: 'measure', dimension: 'time', factor: rational(3600n) } as const satisfies Unit;

/** Beside a duration with its unit figures like 9:00 are times of day, which have no value here. */
export function withoutTimesOfDay(text: string, tokens: readonly Token[]): readonly Token[] {
  const isClock = (token: Token): boolean => isBareClock(text.slice(token.start, token.end));
  if (
    !tokens.some((t) => t.kind === 'number' && t.unit.kind === 'measure' && t.unit.dimension === 'time' && !isClock(t))
  )
    return tokens;
  return tokens.map((t) => (t.kind === 'number' && isClock(t) ? { ...t, amount: null, unit: NO_UNIT } : t));
}

/** "3:30" and "3:30小时". Any other unit contradicts it. */
export function inHours(token: NumberToken): NumberToken {
  if (token.unit.kind === 'none') return { ...token, unit: HOUR };
  const isHour = token.unit.kind === 'measure' && equal(token.unit.factor, HOUR.factor);
  return isHour ? token : { ...token, contradiction: true };
}

/** "3:30" with nothing that says whether it is a duration or a time of day. */
function isBareClock(written: string): boolean {
  return /^\d{1,2}:\d\d(?::\d\d)?$/.test(written);
}
