/** All files of a build, a few at a time, and then the record that makes a model of them. */
import {
  failure,
  FailureError,
  trustIn,
  type DownloadPlan,
  type DownloadProgress,
  type DownloadStep,
  type ModelCard,
  type ModelFile,
  type PlannedFile,
  type Room,
} from '#domain';
import { weightsNamedBy } from '../layouts/transformersFiles.ts';
import type { Fetch } from '../network.ts';
import { revisionOf } from '../revision.ts';
import type { Note, PartialModel, Partials } from './partials.ts';
import { transfer } from './transfer.ts';

export interface FetchPlanPorts {
  readonly partials: Partials;
  readonly room: () => Promise<Room>;
  /** In [0, 1). */
  readonly random: () => number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly stallMs: number;
  readonly send?: Fetch;
}

/** More connections to one host only take turns. */
const AT_ONCE = 3;

export async function fetchPlan(
  plan: DownloadPlan,
  ports: FetchPlanPorts,
  onProgress: (progress: DownloadProgress) => void,
  signal: AbortSignal,
): Promise<ModelCard> {
  const model = await ports.partials.open(plan);
  return model.hold(async () => {
    const book = await openBook(model, plan);
    await refuseIfFull(plan, model, ports);
    const files = await fetchAll(plan, model, book, ports, onProgress, signal);
    await refuseMissingWeights(plan, model, files);
    signal.throwIfAborted();
    return model.commit(cardOf(plan, files));
  });
}

interface Book {
  note(): Note;
  change(change: (note: Note) => Note): Promise<void>;
}

/** One writer for the note, so that two files that end together do not overwrite each other's words. */
async function openBook(model: PartialModel, plan: DownloadPlan): Promise<Book> {
  const before = model.note;
  let current: Note = { ...before, plan, done: stillRight(before, plan) };
  let writing = model.keep(current);
  await writing;
  return {
    note: () => current,
    change(change) {
      current = change(current);
      const kept = current;
      writing = writing.then(() => model.keep(kept));
      return writing;
    },
  };
}

/** A file that is whole is taken over where the plan asks for the same content, or for the same address without a check. */
function stillRight({ done, seen }: Note, { files }: DownloadPlan): Note['done'] {
  const right = files.flatMap(({ path, url, check }) => {
    const file = done[path];
    if (file === undefined) return [];
    const same = check?.kind === 'sha256' ? file.sha256 === check.hex : seen[path]?.url === url;
    return same ? [[path, file] as const] : [];
  });
  return Object.fromEntries(right);
}

async function refuseIfFull(plan: DownloadPlan, model: PartialModel, ports: FetchPlanPorts): Promise<void> {
  const { quota, usage } = await ports.room();
  if (quota === null || usage === null) return;
  let missing = 0;
  for (const { path, bytes } of plan.files) missing += Math.max(0, (bytes ?? 0) - (await model.bytes(path)));
  if (missing <= quota - usage) return;
  throw new FailureError(failure('storage-full', `${missing} bytes, ${quota - usage} free`));
}

async function fetchAll(
  plan: DownloadPlan,
  model: PartialModel,
  book: Book,
  ports: FetchPlanPorts,
  onProgress: (progress: DownloadProgress) => void,
  signal: AbortSignal,
): Promise<readonly ModelFile[]> {
  // One file that fails ends the others: their bytes stay.
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const report = reporter(plan, onProgress);
  const finished = new Map<string, ModelFile>();
  // Small ones first: what is wrong with a repository shows before its weights are here.
  const waiting = [...plan.files].sort((a, b) => (a.bytes ?? 0) - (b.bytes ?? 0));

  async function fetchOne(file: PlannedFile): Promise<ModelFile> {
    const { path } = file;
    const before = book.note().done[path];
    if (before !== undefined && (await model.bytes(path)) === before.bytes) {
      report.bytes(path, before.bytes, before.bytes);
      return before;
    }
    const whole = await transfer(file, model, {
      signal: both,
      ...{ stallMs: ports.stallMs, pause: ports.pause, random: ports.random, send: ports.send },
      onBytes: (bytes, total) => report.bytes(path, bytes, total),
      onStep: (step) => report.step(step),
      seen: () => book.note().seen[path],
      onSeen: (seen) => book.change((note) => ({ ...note, seen: { ...note.seen, [path]: seen } })),
    });
    await book.change((note) => ({ ...note, done: { ...note.done, [path]: whole } }));
    return whole;
  }

  async function worker(): Promise<void> {
    for (let file = waiting.shift(); file !== undefined && !both.aborted; file = waiting.shift()) {
      finished.set(file.path, await fetchOne(file));
    }
  }

  for (const { path } of plan.files) report.start(path, await model.bytes(path));
  let first: { readonly thrown: unknown } | null = null;
  await Promise.all(
    Array.from({ length: AT_ONCE }, () =>
      worker().catch((thrown: unknown) => {
        first ??= { thrown };
        stop.abort();
      }),
    ),
  );
  signal.throwIfAborted();
  // TypeScript does not see that the callback above assigned it.
  const failed = first as { readonly thrown: unknown } | null;
  if (failed !== null) throw failed.thrown;
  return plan.files.flatMap(({ path }) => finished.get(path) ?? []);
}

function reporter(plan: DownloadPlan, onProgress: (progress: DownloadProgress) => void) {
  const loaded = new Map<string, number>();
  const totals = new Map(plan.files.map(({ path, bytes }) => [path, bytes]));
  let step: DownloadStep = { kind: 'fetching', file: plan.files[0]?.path ?? '' };
  function tell(): void {
    let totalBytes: number | null = 0;
    for (const bytes of totals.values()) totalBytes = bytes === null || totalBytes === null ? null : totalBytes + bytes;
    onProgress({ loadedBytes: [...loaded.values()].reduce((sum, bytes) => sum + bytes, 0), totalBytes, step });
  }
  return {
    start: (path: string, bytes: number): unknown => loaded.set(path, bytes),
    bytes(path: string, bytes: number, total: number | null): void {
      loaded.set(path, bytes);
      if (total !== null) totals.set(path, total);
      tell();
    },
    step(next: DownloadStep): void {
      step = next;
      tell();
    },
  };
}

/** A list, or a search by names, may lack weights that a graph needs. */
async function refuseMissingWeights(
  plan: DownloadPlan,
  model: PartialModel,
  files: readonly ModelFile[],
): Promise<void> {
  for (const { path } of files.filter((file) => file.path.endsWith('.onnx'))) {
    const missing = (await weightsNamedBy(path, await model.read(path))).filter(
      (name) => !files.some((file) => file.path === name),
    );
    if (missing.length > 0) {
      throw new FailureError(failure('files-missing', `${plan.repository}: ${missing.join(', ')}`));
    }
  }
}

function cardOf(plan: DownloadPlan, files: readonly ModelFile[]): ModelCard {
  return {
    ref: {
      id: plan.repository,
      name: plan.name,
      source: 'hub',
      revision: plan.commit ?? revisionOf(files),
      build: plan.build,
      files,
    },
    contextLength: plan.contextLength,
    parameters: plan.parameters,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    trust: trustIn(plan.files),
  };
}
