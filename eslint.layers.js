/**
 * Imports go one way: domain ← catalog, engines, models, storage, sharing ← app ← views. One table says who may import
 * whom; the lint rules are made from it, so the map in src/README.md cannot become untrue unnoticed.
 */
const mayImport = {
  domain: [],
  catalog: ['domain'],
  engines: ['domain'],
  models: ['domain'],
  storage: ['domain'],
  sharing: ['domain'],
  i18n: ['domain'],
  app: ['domain', 'catalog', 'sharing', 'i18n'],
  views: ['domain', 'app', 'i18n'],
};

const rooms = Object.keys(mayImport);

/** What a pure room must not touch: clock, randomness, network, storage, DOM. */
const impure = [
  ...['window', 'document', 'navigator', 'fetch', 'indexedDB', 'localStorage', 'performance', 'crypto', 'console'],
  ...['setTimeout', 'setInterval', 'queueMicrotask', 'requestAnimationFrame', 'process'],
].map((name) => ({ name, message: 'The domain is pure: let it come in through a port.' }));

/** One module is the door to the network, so that what leaves the machine can be read in one place. */
const network = [
  { name: 'fetch', message: 'Go through src/models/network.ts, the only door to the network.' },
  { name: 'XMLHttpRequest', message: 'Go through src/models/network.ts.' },
  { name: 'WebSocket', message: 'Go through src/models/network.ts.' },
];

function forbiddenFor(room) {
  return rooms
    .filter((other) => other !== room && !mayImport[room].includes(other))
    .map((other) => ({
      regex: `^(#${other}(/|$)|(\\.\\./)+${other}/)`,
      message: `${room} may import only: ${mayImport[room].join(', ') || 'nothing of src'}.`,
    }));
}

/** Another room is entered by its door (`#room`), never by a path into it. */
const doors = {
  regex: `^(\\.\\./)+(${rooms.join('|')})/`,
  message: 'Enter another room by its door: #domain, #app, …',
};

export const layerRules = [
  ...rooms.map((room) => ({
    files: [`src/${room}/**/*.{ts,svelte}`],
    rules: {
      'no-restricted-imports': ['error', { patterns: [...forbiddenFor(room), doors] }],
      'no-restricted-syntax': [
        'error',
        ...forbiddenFor(room).map(({ regex, message }) => ({
          selector: `ImportExpression > Literal[value=/${regex.replaceAll('/', '\\u002F')}/]`,
          message,
        })),
        { selector: 'TSEnumDeclaration', message: 'A union of literals instead of an enum.' },
      ],
      'no-restricted-globals': ['error', ...(room === 'domain' ? impure : network)],
      ...(room === 'domain'
        ? {
            'no-restricted-properties': [
              'error',
              { object: 'Math', property: 'random', message: 'The domain is pure: a seed comes in as a parameter.' },
              { object: 'Date', property: 'now', message: 'The domain is pure: the clock is a port.' },
            ],
          }
        : {}),
    },
  })),
  { files: ['src/models/network.ts'], rules: { 'no-restricted-globals': 'off' } },
];
