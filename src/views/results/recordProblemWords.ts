import type { RecordProblem } from '#app';
import { formatBytes, formatNumber, m } from '#i18n';

interface Words {
  /** What is wrong with the file. */
  readonly what: string;
  /** What the reader can do. */
  readonly cure: string;
}

export function recordProblemWords(problem: RecordProblem): Words {
  switch (problem.code) {
    case 'too-long':
      return {
        what: m.import_too_long({ size: formatBytes(problem.length), limit: formatBytes(problem.limit) }),
        cure: m.import_other_file(),
      };
    case 'not-json':
      return { what: m.import_not_json({ detail: problem.detail }), cure: m.import_whole_file() };
    case 'not-a-record':
      return { what: m.import_not_a_record(), cure: m.import_other_file() };
    case 'newer-version':
      return {
        what: m.import_newer({ found: formatNumber(problem.found), known: formatNumber(problem.known) }),
        cure: m.import_newer_cure(),
      };
    case 'wrong-shape':
      return { what: m.import_wrong_shape(), cure: m.import_whole_file() };
    case 'disagrees':
      return { what: m.import_disagrees(), cure: m.import_whole_file() };
  }
}
