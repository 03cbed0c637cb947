import * as v from 'valibot';
import type { DownloadSource } from '../download/plan.ts';

export const downloadSourceSchema = v.variant('kind', [
  v.object({ kind: v.literal('hub') }),
  v.object({ kind: v.literal('modelscope') }),
  v.object({ kind: v.literal('own'), address: v.pipe(v.string(), v.maxLength(2_000), v.url(), v.regex(/^https?:/)) }),
]) satisfies v.GenericSchema<unknown, DownloadSource>;
