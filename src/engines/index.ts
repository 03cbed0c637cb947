/** What runs models. README.md says how another engine is added. */
export { engineByBuild } from './byBuild.ts';
export { chooseDevice, probeDevice, type DeviceChoice, type DeviceProbe, type WebGpuProbe } from './probe.ts';
export { byQuestion, says, scriptedEngine, type Scenario, type ScriptedAnswer } from './scripted/index.ts';
export { localServers, type LocalServers, type ServerTarget } from './server/index.ts';
export { transformersEngine, type TransformersOptions } from './transformers/index.ts';
export { webLlmEngine, type WebLlmOptions } from './webLlm/index.ts';
