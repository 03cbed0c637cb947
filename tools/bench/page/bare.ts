import type { FromBare, ToBare } from './bareWorker.ts';
import type { ModelFiles } from './models.ts';

export type BareAnswer = Extract<FromBare, { kind: 'generated' }>;

export interface BareEngine {
  generate(prompt: string, tokens: number): Promise<BareAnswer>;
  end(): void;
}

/** The bare loop of transformers.js in a worker of its own; see bareWorker.ts. */
export async function bareEngine({ ref, files }: ModelFiles, device: 'wasm' | 'webgpu'): Promise<BareEngine> {
  if (files.kind !== 'blobs') throw new Error('the files of a bench are blobs');
  const worker = new Worker(new URL('./bareWorker.ts', import.meta.url), { type: 'module' });
  const ask = (message: ToBare): Promise<FromBare> =>
    new Promise((resolve, reject) => {
      worker.onmessage = (e: MessageEvent<FromBare>) =>
        e.data.kind === 'failed' ? reject(new Error(e.data.detail)) : resolve(e.data);
      worker.onerror = (e) => reject(new Error(e.message));
      worker.postMessage(message);
    });
  await ask({ kind: 'load', device, dtype: ref.build.quantisation, blobs: files.files });
  return {
    async generate(prompt, tokens) {
      const answer = await ask({ kind: 'generate', prompt, tokens });
      if (answer.kind !== 'generated') throw new Error(`the bare engine said ${answer.kind}`);
      return answer;
    },
    end: () => worker.terminate(),
  };
}
