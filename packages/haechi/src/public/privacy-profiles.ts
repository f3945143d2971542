export type { Jurisdiction } from "../core/decide/jurisdictions/jurisdiction.ts";
export { JURISDICTIONS } from "../core/decide/jurisdictions/registry.ts";
