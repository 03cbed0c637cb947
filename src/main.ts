/** The composition root: the only file that names concrete adapters. */
import { App, type AppPorts, type ServerBridge } from '#app';
import { builtInSuites } from '#catalog';
import type { Grade, ResultStore, Tombstones } from '#domain';
import { engineByBuild, localServers, probeDevice, transformersEngine, webLlmEngine } from '#engines';
import { askServer, checkServerAddress, embeddedFiles, modelLibrary } from '#models';
import { narrowConnections, registerServiceWorker } from '#serviceWorker';
import {
  indexedDbResultStore,
  indexedDbSuiteStore,
  localServerKeys,
  localSettings,
  mayHaveTombstones,
  memoryResultStore,
  memorySuiteStore,
  runLock,
} from '#storage';
import { mount } from 'svelte';
import Shell from './App.svelte';

const settings = localSettings();
const { downloadSource, servers } = settings.read();
narrowConnections(
  [...servers, ...(downloadSource.kind === 'own' ? [downloadSource] : [])].map(({ address }) => address),
);

const base = document.baseURI.replace(/#.*$/, '');
const library = modelLibrary(base);

/** The graders come with the first answer: their tables are not part of the first bytes. */
const grade: Grade = async (input) => {
  const graders = await import('#domain/grading');
  return graders.grade(input);
};

/** Where the browser refuses storage the page still works; the shell says that results end with the tab. */
async function openStore(): Promise<{ store: ResultStore; durable: boolean }> {
  const store = indexedDbResultStore();
  try {
    await store.listHeaders();
    return { store, durable: true };
  } catch {
    return { store: memoryResultStore(), durable: false };
  }
}

/** 15 random digits of base 32: time first, so that ids sort by their start. */
function newId(): string {
  const random = crypto.getRandomValues(new Uint8Array(8));
  const tail = [...random].map((byte) => (byte % 32).toString(32)).join('');
  return `${Date.now().toString(32)}${tail}`;
}

const localModels = localServers(askServer);
/** What the policy above lets through: this machine, and what the settings named when the page was loaded. */
const reachable = new Set(servers.map(({ address }) => new URL(address).origin));
const serverBridge: ServerBridge = {
  checkAddress: checkServerAddress,
  mayReach: (address) =>
    /^http:\/\/(?:localhost|127\.0\.0\.1)(?::|\/|$)/.test(address) || reachable.has(new URL(address).origin),
  connect: (server, signal) => localModels.connect(server, signal),
  disconnect: (address) => localModels.disconnect(address),
  setLoaded: (...order) => localModels.setLoaded(...order),
};

const { store, durable } = await openStore();
/** One for the page: it knows which of the tombstones are its own. Its code comes with the first load. */
let tombstones: Promise<Tombstones> | null = null;
async function openTombstones(): Promise<Tombstones> {
  const { localTombstones } = await import('#storage/tombstones');
  return localTombstones();
}

const ports: AppPorts = {
  engine: engineByBuild([
    transformersEngine({ files: (model) => library.files(model), embedded: embeddedFiles(base) }),
    webLlmEngine({ files: (model) => library.files(model) }),
    localModels.engine,
  ]),
  store,
  durable,
  maybeKilled: mayHaveTombstones(),
  library,
  settings,
  servers: serverBridge,
  serverKeys: localServerKeys(),
  builtInSuites,
  chats: async () => {
    const { indexedDbChatStore, memoryChatStore } = await import('#storage/chats');
    return durable ? indexedDbChatStore() : memoryChatStore();
  },
  queues: async () => {
    const { indexedDbQueueStore, memoryQueueStore, queueLock } = await import('#storage/queues');
    return { store: durable ? indexedDbQueueStore() : memoryQueueStore(), lock: queueLock() };
  },
  suiteStore: durable ? indexedDbSuiteStore() : memorySuiteStore(),
  probeDevice,
  tombstones: () => (tombstones ??= openTombstones()),
  lock: runLock(),
  clock: { now: () => new Date().toISOString(), elapsed: () => performance.now() },
  newId,
  isHidden: () => document.hidden,
  grade,
};

const app = new App(ports);
const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
target.replaceChildren();
mount(Shell, { target, props: { app } });
void app.open(window);
registerServiceWorker((useIt) => (app.newVersion = useIt));
