import { localeTag } from './locale.svelte.ts';

/**
 * Figures as the reader's language writes them. All functions read the locale signal: call them in markup or in
 * `$derived`, and they follow a switch of the language. `Intl` objects are kept, because making one costs more than
 * using it a thousand times.
 */
const kept = new Map<string, Intl.NumberFormat>();

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const tag = localeTag();
  const key = tag + JSON.stringify(options);
  let format = kept.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(tag, options);
    kept.set(key, format);
  }
  return format;
}

/** 1234.5 → "1,234.5". `digits`: most places after the point. */
export function formatNumber(value: number, digits = 0): string {
  return numbers({ maximumFractionDigits: digits }).format(value);
}

/** 1,620,000 → "1.6M", 162万: for sizes of models. */
export function formatCompact(value: number): string {
  return numbers({ notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

/** A small figure by its first two digits: 0.000031 → "3.1E-5". */
export function formatSmall(value: number): string {
  return numbers({
    notation: Math.abs(value) < 0.001 && value !== 0 ? 'scientific' : 'standard',
    maximumSignificantDigits: 2,
  }).format(value);
}

/** A share in [0, 1] → "62.5%". Always `digits` places, so that a column of them lines up. */
export function formatPercent(share: number, digits = 1): string {
  return numbers({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share);
}

/** Decimal units, as download sizes are usually told: 6,745,945 → "6.7 MB". */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  const digits = step === 0 || value >= 100 ? 0 : 1;
  return numbers({
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(value);
}

/** Bytes per second → "3.2 MB/s". */
export function formatByteRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** Seconds → "0.8s", "42s", "3m 5s", "1h 2m", or 3分钟 5秒. */
export function formatSeconds(seconds: number): string {
  const unit = (value: number, name: 'hour' | 'minute' | 'second', digits = 0): string =>
    numbers({ style: 'unit', unit: name, unitDisplay: 'narrow', maximumFractionDigits: digits }).format(value);
  if (seconds < 9.95) return unit(seconds, 'second', 1);
  const whole = Math.round(seconds);
  if (whole < 60) return unit(whole, 'second');
  if (whole < 3600) return `${unit(Math.floor(whole / 60), 'minute')} ${unit(whole % 60, 'second')}`;
  return `${unit(Math.floor(whole / 3600), 'hour')} ${unit(Math.floor((whole % 3600) / 60), 'minute')}`;
}

/** Tokens per second → "41.3 tok/s": the unit is the same in both languages, as in every benchmark. */
export function formatTokenRate(tokensPerSecond: number): string {
  return `${formatNumber(tokensPerSecond, tokensPerSecond < 100 ? 1 : 0)} tok/s`;
}

/** ISO 8601 → date and time of the reader's zone, to the minute. What is no date is given back as it is. */
export function formatDateTime(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(localeTag(), { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}

/** ["a", "b", "c"] → "a, b and c". */
export function formatList(parts: readonly string[]): string {
  return new Intl.ListFormat(localeTag(), { style: 'long', type: 'conjunction' }).format(parts);
}
