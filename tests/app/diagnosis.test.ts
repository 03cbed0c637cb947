import { describe, expect, it } from 'vitest';
import { failure, type ModelCard } from '#domain';
import { Diagnoser, type DiagnosePorts } from '../../src/app/diagnose.svelte.ts';
import { markdownReport, reportOf, withoutPlaces } from '../../src/app/diagnosisReport.ts';
import { says, scriptedEngine, type Scenario } from '../../src/engines/scripted/index.ts';
import { gradesNothing } from '../fixtures/runnerStage.ts';
import { runHeader } from '../fixtures/runs.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const ref = runHeader('.').spec.model;
const model: ModelCard = { ref, contextLength: 100, parameters: null, bytes: 1 };

function diagnoser(scenario: Scenario): Diagnoser {
  const ports: DiagnosePorts = {
    engine: scriptedEngine(scenario),
    clock: { now: () => '2026-11-22T10:00:00.000Z', elapsed: () => performance.now() },
    newId: () => 'id',
    isHidden: () => false,
    knownSelfTest: () => null,
    onSelfTest: () => undefined,
    grade: gradesNothing,
    probeDevice: () =>
      Promise.resolve({
        webgpu: null,
        crossOriginIsolated: true,
        threads: 2,
        browser: 'Chromium 156',
        os: 'Linux',
        recommended: { device: 'wasm', because: 'no-webgpu' },
      }),
    readRoom: () => Promise.resolve({ usedBytes: 1, quotaBytes: 2, persisted: null, memoryGiB: null }),
    suite: { id: 's', load: () => Promise.resolve(sampleSuite()) },
  };
  return new Diagnoser(ports);
}

function states(d: Diagnoser): string {
  return Object.values(d.current?.steps ?? {})
    .map(({ kind }) => kind)
    .join(' ');
}

describe('a diagnosis', () => {
  it('goes through all steps and asks the items one by one', async () => {
    const d = diagnoser({ answer: () => says('x') });
    await d.run(model, 'wasm');
    expect(states(d)).toBe('done done done done done');
    expect(d.current?.items.map(({ letter }) => letter).join('')).toBe('nnn');
    expect(d.busy).toBe(false);
  });

  it('tells what failed, and skips what needs it', async () => {
    const d = diagnoser({ answer: () => says('x'), load: () => ({ fail: failure('out-of-memory', 'no room') }) });
    await d.run(model, 'wasm');
    expect(states(d)).toBe('done done failed skipped skipped');
  });

  it('keeps what was found when it is cancelled', async () => {
    const d = diagnoser({ answer: ({ count }) => says('x', count === 1 ? { end: 'hang' } : {}) });
    const done = d.run(model, 'wasm');
    while ((d.current?.items.length ?? 0) < 1) await new Promise((resolve) => setTimeout(resolve, 1));
    d.cancel();
    await done;
    expect(states(d)).toBe('done done done done skipped');
    expect(d.current?.items).toHaveLength(1);
  });
});

describe('its report', () => {
  it('names no address, no path and no folder', async () => {
    const detail =
      'GET http://192.168.1.7:8080/v1?key=abc failed; /home/ada/models/x.onnx; C:\\Users\\ada\\x; localhost:1234';
    const d = diagnoser({
      answer: () => says('x', { end: { fail: failure('server-error', detail) } }),
      environment: { selfTest: { kind: 'unverified', reason: 'network: https://ada.example/files' } },
    });
    const folder: ModelCard = {
      ...model,
      ref: { ...ref, source: 'folder', id: 'folder/adas-secret', name: 'adas-secret' },
    };
    await d.run(folder, 'wasm');
    if (d.current === null) throw new Error('no diagnosis');
    const texts = [JSON.stringify(reportOf(d.current, '1')), markdownReport(d.current, '1')];
    for (const text of texts) {
      expect(text).toContain('server-error');
      expect(text).not.toMatch(/\bada\b|adas|192\.168|8080|abc|1234|secret/);
    }
  });

  it('leaves other words as they are', () => {
    const words = 'logits off by 4.6 from token 32 on; onnx/model_q4.onnx: 5 bytes instead of 6';
    expect(withoutPlaces(words)).toBe(words);
  });
});
