import * as v from 'valibot';
import { LONGEST_OVERRIDE_NOTE } from '../override.ts';
import { count, runId, timeSchema } from './parts.ts';

export const overrideSchema = v.object({
  schema: v.literal(1),
  runId,
  index: count,
  judged: v.picklist(['right', 'wrong']),
  note: v.pipe(v.string(), v.maxLength(LONGEST_OVERRIDE_NOTE)),
  judgedAt: timeSchema,
});
