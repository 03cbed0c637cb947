import type { LinkProblem } from '#domain';
import { formatNumber, m } from '#i18n';

interface Words {
  /** What is wrong with the link. */
  readonly what: string;
  /** What the reader can do. */
  readonly cure: string;
}

export function linkProblemWords(problem: LinkProblem): Words {
  switch (problem.code) {
    case 'too-long':
      return {
        what: m.link_too_long({ length: formatNumber(problem.length), limit: formatNumber(problem.limit) }),
        cure: m.link_not_ours_cure(),
      };
    case 'no-version':
      return { what: m.link_no_version(), cure: m.link_cut_cure() };
    case 'newer-version':
      return {
        what: m.link_newer({ found: formatNumber(problem.found), known: formatNumber(problem.known) }),
        cure: m.link_newer_cure(),
      };
    case 'not-base64':
      return { what: m.link_not_base64(), cure: m.link_cut_cure() };
    case 'not-deflate':
      return { what: m.link_not_deflate(), cure: m.link_cut_cure() };
    case 'bomb':
      return { what: m.link_bomb({ limit: formatNumber(problem.limit) }), cure: m.link_not_ours_cure() };
    case 'wrong-shape':
      return { what: m.link_wrong_shape(), cure: m.link_not_ours_cure() };
    case 'counts-disagree':
      return { what: m.link_counts_disagree(), cure: m.link_not_ours_cure() };
  }
}
