import { CATALOGUE_ENGINES, CHINESE_LEVELS, MODEL_KINDS, type Catalogue } from '#domain';
import * as v from 'valibot';

const text = v.pipe(v.string(), v.nonEmpty());
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const localText = v.strictObject({ en: text, zh: text });
const sources = v.array(text);
const url = v.pipe(v.string(), v.url(), v.startsWith('https://'));
/** "owner/name" of the hub. */
const repository = v.pipe(v.string(), v.regex(/^[\w.-]+\/[\w.-]+$/));
const revision = v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)));
const date = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}(-\d{2})?$/));
const note = v.exactOptional(localText);
const engine = v.picklist(CATALOGUE_ENGINES);

const fact = <T extends v.GenericSchema>(value: T) => v.strictObject({ value, sources, note });

const limits = v.strictObject({
  maxBufferBytes: count,
  maxBindingBytes: count,
  workgroupStorageBytes: count,
  storageBuffersPerStage: count,
});

const architecture = v.strictObject({
  layers: count,
  kvHeads: count,
  headDim: count,
  hidden: v.nullable(count),
  intermediate: count,
  vocabulary: count,
  prefillLogits: v.boolean(),
  sources,
  note,
});

const buildFacts = {
  id: text,
  quantisation: text,
  repository,
  revision,
  downloadBytes: v.nullable(count),
  memoryMiB: v.nullable(v.pipe(v.number(), v.minValue(1))),
  context: v.nullable(count),
  sha256: v.exactOptional(v.record(text, v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)))),
  sources,
  note,
};

const build = v.variant('engine', [
  v.strictObject({ ...buildFacts, engine: v.literal('web-llm'), library: text, memoryDoubt: note }),
  v.strictObject({ ...buildFacts, engine: v.literal('transformers'), modelFile: v.nullable(text) }),
]);

const thinking = v.variant('kind', [
  v.strictObject({ kind: v.literal('never'), sources, note }),
  v.strictObject({ kind: v.literal('always'), sources, note }),
  v.strictObject({
    kind: v.literal('switchable'),
    byDefault: v.nullable(v.picklist(['on', 'off'])),
    sources,
    note,
  }),
]);

const sampling = v.strictObject({
  mode: v.picklist(['thinking', 'plain']),
  temperature: v.pipe(v.number(), v.minValue(0), v.maxValue(2)),
  topP: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
  topK: v.nullable(count),
  minP: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  sources,
});

const model = v.strictObject({
  id: text,
  name: text,
  family: text,
  kind: v.picklist(MODEL_KINDS),
  repository,
  parameters: fact(count),
  licence: fact(text),
  chinese: fact(v.picklist(CHINESE_LEVELS)),
  context: fact(v.nullable(count)),
  released: fact(v.nullable(date)),
  thinking,
  sampling: v.array(sampling),
  architecture: v.nullable(architecture),
  notes: v.array(localText),
  builds: v.array(build),
  unlisted: v.array(v.strictObject({ engine, repository, sources, note })),
});

const engineFacts = v.strictObject({ version: text, limits: v.nullable(limits), sources });

/** The shape of models.json, field by field. What holds between fields is checked in decode.ts. */
export const catalogueSchema = v.strictObject({
  format: v.literal('tabeval-models'),
  schema: v.literal(1),
  version: text,
  engines: v.strictObject({ 'web-llm': engineFacts, transformers: engineFacts }),
  sources: v.record(text, v.strictObject({ title: text, url })),
  models: v.pipe(v.array(model), v.minLength(1)),
}) satisfies v.GenericSchema<unknown, Catalogue>;
