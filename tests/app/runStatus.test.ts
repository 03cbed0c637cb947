import { expect, it } from 'vitest';
import { isResumable, runStatus } from '../../src/app/runStatus.ts';
import { runHeader } from '../fixtures/runs.ts';

it('tells a run that is going on here, elsewhere, and one that was cut off', () => {
  const running = runHeader('c.', { state: { kind: 'running' } });
  expect(runStatus(running, [running.id], [running.id])).toBe('running-here');
  expect(runStatus(running, [], [running.id])).toBe('running-elsewhere');
  expect(runStatus(running, [], ['another'])).toBe('interrupted');
  expect(runStatus(runHeader('c.', { state: { kind: 'stopped' } }), [], [])).toBe('stopped');
});

it('offers to go on only where something is left, nobody works on it, and it was run here', () => {
  expect(isResumable(runHeader('c.'), 'stopped')).toBe(true);
  expect(isResumable(runHeader('cu'), 'failed')).toBe(true);
  expect(isResumable(runHeader('c.'), 'interrupted')).toBe(true);
  expect(isResumable(runHeader('c.'), 'running-elsewhere')).toBe(false);
  expect(isResumable(runHeader('cc'), 'stopped')).toBe(false);
  expect(isResumable(runHeader('cu'), 'finished')).toBe(true);
  expect(isResumable(runHeader('ci'), 'finished')).toBe(false);
  expect(isResumable(runHeader('c.', { origin: 'imported' }), 'stopped')).toBe(false);
});
