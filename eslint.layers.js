/**
 * Imports go one way: domain ← catalog, engines, models, storage, sharing ← app ← views. One table says who may import
 * whom; the lint rules are made from it, so the map in src/README.md cannot become untrue unnoticed.
 */
import { readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';

/** `shell` is App.svelte, `main` is main.ts: the composition root, and so the only one that names concrete adapters. */
const mayImport = {
  domain: [],
  catalog: ['domain'],
  engines: ['domain'],
  models: ['domain'],
  storage: ['domain'],
  sharing: ['domain'],
  i18n: ['domain'],
  serviceWorker: [],
  app: ['domain', 'catalog', 'sharing', 'i18n'],
  views: ['domain', 'app', 'i18n'],
  shell: ['domain', 'app', 'i18n', 'views', 'styles'],
  main: [
    ...['domain', 'catalog', 'engines', 'models', 'storage', 'sharing', 'i18n', 'serviceWorker', 'app'],
    ...['views', 'shell', 'styles'],
  ],
};

/** Packages of the pure room: they compute and do nothing else. */
const pureRoom = 'domain';
const purePackages = ['valibot', '@noble/hashes', 'opencc-js'];

const source = resolve(import.meta.dirname, 'src');
const doors = JSON.parse(readFileSync(resolve(import.meta.dirname, 'package.json'), 'utf8')).imports;

/** The room that a file belongs to; undefined outside src/. */
function roomOf(file) {
  const [first, ...rest] = relative(source, file).split(sep);
  if (first === '..' || first === '') return undefined;
  if (rest.length > 0) return first;
  return first === 'main.ts' ? 'main' : 'shell';
}

/** What is wrong with importing `specifier` in `file` of `room`; undefined when it is in order. */
function complaint(room, file, specifier) {
  const alias = specifier.startsWith('#');
  if (!alias && !specifier.startsWith('.')) {
    const pure = purePackages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
    return room !== pureRoom || pure
      ? undefined
      : `The domain is pure: of packages it may import ${purePackages.join(', ')}.`;
  }
  const door = doors[specifier];
  if (alias && door === undefined) return `${specifier} is no door; the doors are: ${Object.keys(doors).join(', ')}.`;
  const other = roomOf(alias ? resolve(import.meta.dirname, door) : resolve(dirname(file), specifier));
  if (other === room) return alias ? 'Inside a room use a relative path.' : undefined;
  if (other === undefined) return 'src/ imports nothing from outside src/.';
  if (!mayImport[room].includes(other)) {
    return `${room} may import only: ${mayImport[room].join(', ') || 'nothing else of src'}.`;
  }
  const hasDoor = Object.values(doors).some((path) => path.startsWith(`./src/${other}/`));
  return alias || !hasDoor ? undefined : `Enter another room by its door: #${other}.`;
}

/** One rule for all rooms; it looks at where an import really leads, however its path is written. */
const oneWay = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const room = roomOf(context.filename);
    if (room === undefined || !(room in mayImport)) return {};
    const check = ({ source: node }) => {
      if (typeof node?.value !== 'string') return;
      const message = complaint(room, context.filename, node.value);
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};

const names = (message, list) => list.map((name) => ({ name, message }));
const members = (message, objects, list) =>
  objects.flatMap((object) => list.map((property) => ({ object, property, message })));
const globalObjects = ['window', 'self', 'globalThis'];

/** One module is the door to the network, so that what leaves the machine can be read in one place. */
const networkWords = 'Go through src/models/network.ts, the door to the network.';
const network = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'RTCPeerConnection'];
const networkDoors = ['src/models/network.ts', 'src/engines/worker/files.ts', 'src/serviceWorker/**'];

const storageWords = 'Keep things through #storage.';
const storage = ['indexedDB', 'localStorage', 'sessionStorage'];

/** What the pure room must not touch: clock, randomness, network, storage, DOM. */
const pureWords = 'The domain is pure: let it come in through a port.';
const impure = [
  ...['window', 'self', 'globalThis', 'document', 'navigator', 'performance', 'crypto', 'console', 'process', 'caches'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame', 'location'],
  ...network,
  ...storage,
];

const everywhere = 'src/**/*.{ts,svelte}';

const restrict = (globals, properties) => ({
  'no-restricted-globals': ['error', ...globals],
  'no-restricted-properties': ['error', ...properties],
});
const withoutNetwork = [names(networkWords, network), members(networkWords, globalObjects, network)];
const beacon = { object: 'navigator', property: 'sendBeacon', message: networkWords };
const withoutStorage = [names(storageWords, storage), members(storageWords, globalObjects, storage)];

export const layerRules = [
  {
    files: [everywhere],
    plugins: { rooms: { rules: { 'one-way': oneWay } } },
    rules: {
      'rooms/one-way': 'error',
      ...restrict([...withoutNetwork[0], ...withoutStorage[0]], [...withoutNetwork[1], ...withoutStorage[1], beacon]),
    },
  },
  { files: networkDoors, rules: restrict(...withoutStorage) },
  { files: ['src/storage/**'], rules: restrict(withoutNetwork[0], [...withoutNetwork[1], beacon]) },
  {
    files: [`src/${pureRoom}/**/*.ts`],
    rules: {
      ...restrict(names(pureWords, impure), [
        { object: 'Math', property: 'random', message: 'The domain is pure: a seed comes in as a parameter.' },
        { object: 'Date', property: 'now', message: 'The domain is pure: the clock is a port.' },
      ]),
      'no-restricted-syntax': [
        'error',
        {
          selector: ':matches(NewExpression, CallExpression)[callee.name="Date"][arguments.length=0]',
          message: 'The domain is pure: the clock is a port.',
        },
      ],
    },
  },
];
