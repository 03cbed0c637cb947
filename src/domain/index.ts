/**
 * The domain: what is asked, what came back, how it was judged, and what the figures mean. Pure TypeScript: no
 * Svelte, DOM, I/O, clock or randomness; whatever it needs of them comes in through a port.
 *
 * Glossary. One word for each thing, the same in code, interface and files:
 *   suite       versioned items, the prompt template and the grading that belong together; has a hash
 *   item        one question of a suite with its gold
 *   gold        the expected answer (not: target, label, reference)
 *   passage     the text that items are about (not: context, which is the model's window in tokens)
 *   model card  what is known of a model that can be chosen
 *   build       one engine and quantisation of a model
 *   run         a spec (suite, items, model, sampling, budget) and what came of it; has an id
 *   record      what is stored of one answered item (not: result, sample)
 *   output      the raw text that a model produced, thinking included (not: response, completion)
 *   answer      the piece of the output that the extraction took
 *   verdict     graded (correct or not) | noAnswer | truncated | unscored
 *   override    a person's judgement (right, wrong) beside the verdict, never over it
 *   thinking    what a model writes before its answer, in a block of its own (not: reasoning, chain of thought); has a
 *               mode (on, off), a control (who can be told the mode) and a budget in tokens apart from the answer's
 *   cut         of an output: ended because a budget was spent, while thinking or while answering
 *   failure     what went wrong, as data: code, detail, retryable
 *   engine      what runs a model: transformers.js in a worker, or the scripted one of the tests
 *   device      where it runs: webgpu, wasm
 *   prompt      the exact string that the engine gets, rendered with the model's own chat template
 *   prefill, decode  reading the prompt; making tokens one by one
 *   greedy      the best token each time, no penalties
 *   repeat      a run whose spec differs from another's in nothing but the seed
 */
export * from './failure.ts';
export * from './suite.ts';
export * from './variant.ts';
export * from './knownByHeart.ts';
export * from './suiteProblem.ts';
export { SUITE_LIMITS } from './suiteSchema.ts';
export * from './decodeSuite.ts';
export * from './verdict.ts';
export * from './thinking/findings.ts';
export type { ItemThinking } from './thinking/meter.ts';
export * from './thinkingMode.ts';
export { findThinking, opensThinking } from './extract/text/thinking.ts';
export * from './graders/grader.ts';
export * from './guessLanguage.ts';
export * from './hash.ts';
export * from './model.ts';
export * from './prompt.ts';
export * from './contextFit.ts';
export * from './decodeShare.ts';
export * from './engine.ts';
export * from './selfTest.ts';
export * from './sampling.ts';
export * from './run.ts';
export * from './override.ts';
export * from './gradingCase.ts';
export * from './tableCells.ts';
export * from './decodeRun.ts';
export { downloadSourceSchema } from './schemas/download.ts';
export { deviceSchema, knownSelfTestSchema, samplingSchema } from './schemas/environment.ts';
export { failureSchema } from './schemas/failure.ts';
export { timeSchema } from './schemas/parts.ts';
export { modelRefSchema, modelSourceSchema, runThinkingSchema } from './schemas/run.ts';
export { verdictLetters } from './schemas/verdict.ts';
export * from './share.ts';
export * from './store.ts';
export * from './suiteStore.ts';
export * from './keptQueue.ts';
export * from './tombstone.ts';
export * from './ports.ts';
export * from './metrics.ts';
export * from './statistics/index.ts';
export type * from './chat/index.ts';
export * from './compare.ts';
export * from './divergence/index.ts';
export * from './passages.ts';
export * from './decide.ts';
export * from './repeats/index.ts';
export * from './matrix.ts';
export { missing, untilBack, type AbsenceEvent, type Waiting } from './absence.ts';
export * from './gradeInput.ts';
export * from './runItem.ts';
export * from './server.ts';
export * from './runSuite.ts';
export * from './catalogue.ts';
export * from './memory.ts';
export * from './fits.ts';
export * from './chooseBuild.ts';
export * from './filterModels.ts';
export * from './recommended.ts';
export * from './recommendModel.ts';
export * from './download/index.ts';
