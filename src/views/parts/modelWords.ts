import type { Device, Language, ModelSource } from '#domain';
import { m } from '#i18n';

export const SOURCE_WORDS: Readonly<Record<ModelSource, () => string>> = {
  embedded: m.model_embedded_tag,
  folder: m.model_folder_tag,
  hub: m.model_hub_tag,
  server: m.model_server_tag,
  scripted: m.model_scripted_tag,
};

export const DEVICE_WORDS: Readonly<Record<Device, () => string>> = {
  webgpu: m.device_webgpu,
  wasm: m.device_wasm,
  server: m.device_server,
  scripted: m.device_scripted,
};

/** Where the name alone is enough. */
export const DEVICE_SHORT: Readonly<Record<Device, () => string>> = {
  webgpu: () => 'WebGPU',
  wasm: () => 'WASM',
  server: m.device_server,
  scripted: m.device_scripted,
};

export const LANGUAGE_WORDS: Readonly<Record<Language, () => string>> = {
  en: m.language_en,
  'zh-Hans': m.language_zh_hans,
  'zh-Hant': m.language_zh_hant,
};
