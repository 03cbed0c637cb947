import {
  weightBytes,
  type CatalogueBuild,
  type CatalogueEngine,
  type CatalogueModel,
  type ChineseLevel,
  type Fit,
  type FitAnswer,
  type LicenceClass,
  type MemoryNeed,
  type MissingLimit,
  type ModelKind,
  type SizeBand,
  type Thinking,
} from '#domain';
import { formatBytes, formatNumber, m } from '#i18n';
import type { IconName } from '../parts/icons.ts';

type Words<K extends string> = Readonly<Record<K, () => string>>;

export const KIND_WORDS: Words<ModelKind> = {
  language: m.models_kind_language,
  reasoning: m.models_kind_reasoning,
  code: m.models_kind_code,
  mathematics: m.models_kind_mathematics,
};

export const SIZE_WORDS: Words<SizeBand> = {
  tiny: m.models_size_tiny,
  small: m.models_size_small,
  medium: m.models_size_medium,
};

export const CHINESE_WORDS: Words<ChineseLevel> = {
  native: m.models_chinese_native,
  supported: m.models_chinese_supported,
  unverified: m.models_chinese_unverified,
  none: m.models_chinese_none,
};

export const LICENCE_WORDS: Words<LicenceClass> = {
  open: m.models_licence_open,
  'own-terms': m.models_licence_own_terms,
};

export const ENGINE_WORDS: Words<CatalogueEngine> = {
  'web-llm': m.models_engine_web_llm,
  transformers: m.models_engine_transformers,
};

export const FIT_WORDS: Words<FitAnswer> = {
  fits: m.models_fit_fits,
  unknown: m.models_fit_unknown,
  cannot: m.models_fit_cannot,
};

export const FIT_LOOKS: Readonly<
  Record<FitAnswer, { readonly tone: 'good' | 'bad' | 'none'; readonly icon: IconName }>
> = {
  fits: { tone: 'good', icon: 'check' },
  unknown: { tone: 'none', icon: 'dash' },
  cannot: { tone: 'bad', icon: 'cross' },
};

export function thinkingWords(thinking: Thinking): string {
  if (thinking.kind === 'never') return m.models_thinking_never();
  if (thinking.kind === 'always') return m.models_thinking_always();
  if (thinking.byDefault === null) return m.models_thinking_open();
  return thinking.byDefault === 'on' ? m.models_thinking_on() : m.models_thinking_off();
}

const BYTES_IN_MIB = 2 ** 20;

/** GPU memory is told in powers of two, as its makers and drivers do. */
export function formatMib(mib: number): string {
  return m.models_mib({ n: formatNumber(mib, mib < 10 ? 2 : 0) });
}

/** What a build downloads. A size that is reckoned from the number of weights carries the sign of it. */
export function downloadWords(model: CatalogueModel, build: CatalogueBuild): string {
  if (build.downloadBytes !== null) return formatBytes(build.downloadBytes);
  const reckoned = weightBytes(model.parameters.value, build.quantisation);
  return reckoned === null ? m.models_unknown() : m.models_about({ size: formatBytes(reckoned) });
}

/** Why a build fits, does not, or why that is not known. `statedMiB`: what the user stated. */
export function fitReason(fit: Fit, statedMiB: number | null): string {
  const stated = formatMib(statedMiB ?? 0);
  if (fit.answer === 'cannot') return limitReason(fit.because);
  switch (fit.because) {
    case 'loaded-here':
      return m.models_because_loaded_here();
    case 'stated-memory':
      return m.models_because_stated_memory({ need: needWords(fit.need), stated });
    case 'memory-not-stated':
      return m.models_because_not_stated({ need: needWords(fit.need) });
    case 'memory-too-close':
      return m.models_because_too_close({ need: needWords(fit.need), stated });
    case 'memory-not-known':
      return m.models_because_not_known();
    case 'processor':
      return m.models_because_processor();
  }
}

function needWords({ mib, basis }: MemoryNeed): string {
  const size = { mib: formatMib(mib) };
  switch (basis) {
    case 'listed':
      return m.models_need_listed(size);
    case 'formula':
      return m.models_need_formula(size);
    case 'file-size':
      return m.models_need_file_size(size);
  }
}

function limitReason(missing: MissingLimit): string {
  if (missing.limit === 'webgpu') return m.models_because_webgpu();
  if (missing.limit === 'f16') return m.models_because_f16();
  const { required, actual } = missing;
  const bytes = { required: formatMib(required / BYTES_IN_MIB), actual: formatMib(actual / BYTES_IN_MIB) };
  switch (missing.limit) {
    case 'stated-memory':
      return m.models_because_too_little({ required: formatMib(required), actual: formatMib(actual) });
    case 'max-buffer':
      return m.models_because_max_buffer(bytes);
    case 'max-binding':
      return m.models_because_max_binding(bytes);
    case 'workgroup-storage':
      return m.models_because_workgroup_storage(bytes);
    case 'storage-buffers':
      return m.models_because_storage_buffers({ required: formatNumber(required), actual: formatNumber(actual) });
  }
}
