import type { DownloadProblem, DownloadSource, Estimate, Trust } from '#domain';
import { isDownloadFailure, type DownloadCode } from '#domain';
import { formatBytes, formatSeconds, m } from '#i18n';
import { FAILURE_WORDS } from '../parts/failureWords.ts';

interface Words {
  readonly what: () => string;
  readonly cure: () => string;
}

/** One sentence and one cure for each code: a new code without words does not compile. */
const DOWNLOAD_WORDS: Readonly<Record<DownloadCode, Words>> = {
  offline: { what: m.download_offline, cure: m.download_offline_cure },
  unreachable: { what: m.download_unreachable, cure: m.download_unreachable_cure },
  'cors-off': { what: m.download_cors_off, cure: m.download_cors_off_cure },
  stalled: { what: m.download_stalled, cure: m.download_again_cure },
  cut: { what: m.download_cut, cure: m.download_again_cure },
  'not-found': { what: m.download_not_found, cure: m.download_not_found_cure },
  'no-access': { what: m.download_no_access, cure: m.download_no_access_cure },
  'rate-limited': { what: m.download_rate_limited, cure: m.download_rate_limited_cure },
  'server-error': { what: m.download_server_error, cure: m.download_again_cure },
  html: { what: m.download_html, cure: m.download_html_cure },
  'lfs-pointer': { what: m.download_lfs_pointer, cure: m.download_lfs_pointer_cure },
  'wrong-length': { what: m.download_wrong_length, cure: m.download_wrong_cure },
  'wrong-bytes': { what: m.download_wrong_bytes, cure: m.download_wrong_cure },
  changed: { what: m.download_changed, cure: m.download_wrong_cure },
  'bad-listing': { what: m.download_bad_listing, cure: m.download_html_cure },
  'no-build': { what: m.download_no_build, cure: m.download_no_build_cure },
  'no-template': { what: m.download_no_template, cure: m.download_no_template_cure },
  'in-use': { what: m.download_in_use, cure: m.download_in_use_cure },
};

export function problemWords(problem: DownloadProblem): Words {
  return isDownloadFailure(problem) ? DOWNLOAD_WORDS[problem.code] : FAILURE_WORDS[problem.code];
}

/** For whoever reports it; the address by itself, because it is what to look at first. */
export function problemDetail(problem: DownloadProblem): string {
  return `${problem.code}: ${problem.detail}`;
}

export const SOURCE_NAMES: Readonly<Record<DownloadSource['kind'], () => string>> = {
  hub: m.source_hub,
  modelscope: m.source_modelscope,
  own: m.source_own,
};

export function sourceName(source: DownloadSource): string {
  return source.kind === 'own' ? source.address : SOURCE_NAMES[source.kind]();
}

export const TRUST_WORDS: Readonly<Record<Trust, () => string>> = {
  pinned: m.trust_pinned,
  listed: m.trust_listed,
  'first-use': m.trust_first_use,
};

/** "2.4 GB · about 14m · 3.1 GB free afterwards": what of it is known. */
export function estimateWords({ bytes, seconds, freeAfter }: Estimate): string {
  const parts = [bytes === null ? m.download_size_unknown() : formatBytes(bytes)];
  if (seconds !== null) parts.push(m.download_about({ time: formatSeconds(seconds) }));
  if (freeAfter !== null && freeAfter >= 0) parts.push(m.download_free_after({ size: formatBytes(freeAfter) }));
  return parts.join(' · ');
}
