export { loadConfig } from "../config/load.ts";
export { defaultConfig, parseConfig } from "../config/parse.ts";
export type { Config, ConfigInput } from "../config/schema.ts";
export { HaechiError, type HaechiErrorCode, isHaechiError } from "../core/errors.ts";
export { createHaechi, type Haechi, type HaechiOptions } from "../engine/create-haechi.ts";
export { createRuntime, type Runtime } from "../runtime/create-runtime.ts";
export type { Providers } from "../runtime/providers.ts";
export { type RunningGateway, type StartOptions, startGateway } from "../runtime/start-gateway.ts";
export { PACKAGE_VERSION } from "../runtime/version.ts";
