import { asiaPdpa } from "./asia-pdpa.ts";
import { euGdpr } from "./eu-gdpr.ts";
import { jpAppi } from "./jp-appi.ts";
import type { Jurisdiction } from "./jurisdiction.ts";
import { krPipa } from "./kr-pipa.ts";
import { usGeneral } from "./us-general.ts";

/** Every regional baseline, by the name that `privacy.profile` takes. */
export const JURISDICTIONS: ReadonlyMap<string, Jurisdiction> = new Map(
  [krPipa, euGdpr, asiaPdpa, usGeneral, jpAppi].map((jurisdiction) => [jurisdiction.name, jurisdiction]),
);
