import { localeTag, m } from '#i18n';

/** How the expected answer is read; it decides the hint and what the field accepts. */
export type GoldForm = 'text' | 'plain' | 'unknown' | 'percent' | 'measure' | 'range' | 'date' | 'money';

export interface UnitChoice {
  /** `Gold.unit`; null: a number whose unit is not known. */
  readonly unit: string | null;
  readonly form: GoldForm;
  readonly label: () => string;
}

export interface UnitGroup {
  readonly label: () => string;
  readonly choices: readonly UnitChoice[];
}

const CURRENCIES = ['CNY', 'HKD', 'TWD', 'USD', 'EUR', 'GBP', 'JPY'] as const;

const SCALES: readonly (readonly [string, (inputs: { currency: string }) => string])[] = [
  ['one', m.unit_money_one],
  ['thousand', m.unit_money_thousand],
  ['ten_thousand', m.unit_money_ten_thousand],
  ['million', m.unit_money_million],
  ['hundred_million', m.unit_money_hundred_million],
  ['billion', m.unit_money_billion],
];

function currencyName(code: string): string {
  return new Intl.DisplayNames(localeTag(), { type: 'currency' }).of(code) ?? code;
}

function moneyGroup(code: string): UnitGroup {
  return {
    label: () => m.unit_group_money({ currency: currencyName(code) }),
    choices: SCALES.map(([scale, label]) => ({
      unit: `${code}:${scale}`,
      form: 'money',
      label: () => label({ currency: currencyName(code) }),
    })),
  };
}

/** The kinds of expected answers that can be chosen, in groups. */
export const UNIT_GROUPS: readonly UnitGroup[] = [
  { label: m.unit_group_text, choices: [{ unit: 'text', form: 'text', label: m.unit_text }] },
  {
    label: m.unit_group_number,
    choices: [
      { unit: '', form: 'plain', label: m.unit_plain },
      { unit: 'percent', form: 'percent', label: m.unit_percent },
      { unit: 'percentage_point', form: 'percent', label: m.unit_percentage_point },
      { unit: 'minute', form: 'measure', label: m.unit_minute },
      { unit: 'metre', form: 'measure', label: m.unit_metre },
      { unit: 'range', form: 'range', label: m.unit_range },
      { unit: null, form: 'unknown', label: m.unit_unknown },
    ],
  },
  { label: m.unit_group_date, choices: [{ unit: 'date', form: 'date', label: m.unit_date }] },
  ...CURRENCIES.map(moneyGroup),
];

/** Only where options are listed can a letter be expected, so it is in no group. */
const CHOICE: UnitChoice = { unit: 'choice', form: 'text', label: m.editor_choice };

const BY_UNIT = new Map(UNIT_GROUPS.flatMap(({ choices }) => choices).map((choice) => [choice.unit, choice]));

/** A unit that is not in the list (from a suite of somebody's own) is told by its own word. */
export function unitChoice(unit: string | null): UnitChoice {
  if (unit === CHOICE.unit) return CHOICE;
  return BY_UNIT.get(unit) ?? { unit, form: 'measure', label: () => unit ?? '' };
}

/** `Gold.unit` in words. */
export function unitLabel(unit: string | null): string {
  return unitChoice(unit).label();
}
