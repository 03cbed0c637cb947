import {
  decodeSuite,
  failure,
  FailureError,
  suiteHash,
  type Language,
  type Suite,
  type SuiteRef,
  type VariantChoice,
} from '#domain';

/** What lists show of a suite before its texts are there. Written by tools/suites/summarise.ts, never by hand. */
export interface SuiteSummary extends SuiteRef {
  readonly description: Suite['description'];
  readonly kind: Suite['kind'];
  /** Languages of the items, in the order of LANGUAGES. */
  readonly languages: readonly Language[];
  /** How many items it has. */
  readonly itemCount: number;
  readonly maxTokens: number;
  /** The ways in which it can be asked, `plain` first. */
  readonly variants: readonly VariantChoice[];
}

export interface BuiltInSuite extends SuiteSummary {
  /**
   * Fetches the texts. Rejects with a FailureError: `network` where the file does not come, `file-corrupt` where it
   * is not the suite of the summary (a page of one version that got a file of another).
   */
  load(): Promise<Suite>;
}

/** `fetchJson` is a dynamic import of the suite's file: the texts stay out of the first bytes of the page. */
export function builtInSuite(summary: SuiteSummary, fetchJson: () => Promise<{ default: unknown }>): BuiltInSuite {
  return { ...summary, load: async () => checked(summary, await fetched(summary, fetchJson)) };
}

async function fetched(summary: SuiteSummary, fetchJson: () => Promise<{ default: unknown }>): Promise<unknown> {
  try {
    return (await fetchJson()).default;
  } catch (thrown) {
    throw new FailureError(failure('network', `suite ${summary.id}: ${String(thrown)}`));
  }
}

function checked(summary: SuiteSummary, json: unknown): Suite {
  const decoded = decodeSuite(json);
  if (!decoded.ok) {
    const problems = decoded.problems.map(({ path, code }) => `${path}: ${code}`).join(', ');
    throw new FailureError(failure('file-corrupt', `suite ${summary.id}: ${problems}`));
  }
  if (suiteHash(decoded.suite) !== summary.hash) {
    throw new FailureError(failure('file-corrupt', `suite ${summary.id}: other hash than in the list`));
  }
  return decoded.suite;
}
