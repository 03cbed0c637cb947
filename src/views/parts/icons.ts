/** Outlines on a 16 × 16 grid, drawn with a stroke of 1.6 in the colour of the text. */
export const ICONS = {
  check: 'M3.5 8.5 6.5 11.5 12.5 4.8',
  cross: 'M4.2 4.2 11.8 11.8M11.8 4.2 4.2 11.8',
  dash: 'M4 8H12',
  scissors: 'M3 8H7.5M10 4V12M13 6.5V9.5',
  alert: 'M8 4V8.6M8 11.4V11.6',
  dot: 'M8 7.9V8.1',
  info: 'M8 7.4V11.6M8 4.6V4.7M14.2 8A6.2 6.2 0 1 1 1.8 8A6.2 6.2 0 1 1 14.2 8Z',
  warning: 'M8 2.2 14.4 13.4H1.6ZM8 6.4V9.4M8 11.3V11.4',
  play: 'M5 3.2 12.4 8 5 12.8Z',
  stop: 'M4.2 4.2H11.8V11.8H4.2Z',
  resume: 'M3.4 3.4V12.6M6.8 3.4 13 8 6.8 12.6Z',
  copy: 'M5.6 5.6H13.2V13.2H5.6ZM10.4 5.4V2.8H2.8V10.4H5.4',
  trash: 'M2.8 4.4H13.2M6.2 4.2V2.6H9.8V4.2M4.2 4.6 4.9 13.4H11.1L11.8 4.6',
  folder: 'M1.8 12.8V3.4H6.2L7.8 5.2H14.2V12.8Z',
  file: 'M3.6 1.8H9.4L12.6 5V14.2H3.6ZM9.2 2V5.2H12.4',
  link: 'M6.6 9.4 9.4 6.6M7 4.8 8.6 3.2A3 3 0 0 1 12.8 7.4L11.2 9M9 11.2 7.4 12.8A3 3 0 0 1 3.2 8.6L4.8 7',
  chip: 'M4.4 4.4H11.6V11.6H4.4ZM6.2 4.2V1.8M9.8 4.2V1.8M6.2 14.2V11.8M9.8 14.2V11.8M4.2 6.2H1.8M4.2 9.8H1.8M14.2 6.2H11.8M14.2 9.8H11.8',
  question: 'M2.2 2.8H13.8V11H8.4L5 13.8V11H2.2ZM8 8.9V9M6.4 5.6A1.65 1.65 0 1 1 8 7.4',
  run: 'M2 8.4H4.6L6.4 3.4 9.4 12.8 11.2 8.4H14',
  results: 'M2.6 3.6H3.2M5.8 3.6H13.4M2.6 8H3.2M5.8 8H13.4M2.6 12.4H3.2M5.8 12.4H13.4',
  compare: 'M3 13.2V7.4M6.4 13.2V3M9.8 13.2V9.2M13.2 13.2V5.4',
  settings:
    'M2 4.6H8.4M12 4.6H14M10.2 3A1.6 1.6 0 1 1 10.2 6.2A1.6 1.6 0 1 1 10.2 3ZM2 11.4H4M7.6 11.4H14M5.8 9.8A1.6 1.6 0 1 1 5.8 13A1.6 1.6 0 1 1 5.8 9.8Z',
  arrow: 'M3 8H12.6M8.8 4 12.8 8 8.8 12',
  wand: 'M2.6 13.4 9.6 6.4M11.6 1.8V4.6M10.2 3.2H13M13.4 7V8.6M12.6 7.8H14.2M6.6 2.6V4M5.9 3.3H7.3',
} as const satisfies Record<string, string>;

export type IconName = keyof typeof ICONS;
