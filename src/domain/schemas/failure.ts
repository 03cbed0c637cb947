import * as v from 'valibot';
import { FAILURE_CODES } from '../failure.ts';

export const failureSchema = v.object({ code: v.picklist(FAILURE_CODES), detail: v.string(), retryable: v.boolean() });
