import type { Detector } from "../../detector.ts";
import { deSteuerId } from "./de-steuer-id.ts";
import { deSteuerIdLabelled } from "./de-steuer-id-labelled.ts";
import { esDni } from "./es-dni.ts";
import { esDniLabelled } from "./es-dni-labelled.ts";
import { frNir } from "./fr-nir.ts";
import { frNirLabelled } from "./fr-nir-labelled.ts";
import { inAadhaar } from "./in-aadhaar.ts";
import { inAadhaarLabelled } from "./in-aadhaar-labelled.ts";
import { itCodiceFiscale } from "./it-codice-fiscale.ts";
import { jpMyNumber } from "./jp-my-number.ts";
import { jpMyNumberLabelled } from "./jp-my-number-labelled.ts";
import { krRrn } from "./kr-rrn.ts";
import { krRrnLabelled } from "./kr-rrn-labelled.ts";
import { nlBsn } from "./nl-bsn.ts";
import { nlBsnLabelled } from "./nl-bsn-labelled.ts";
import { regionalIds } from "./regional-ids.ts";
import { sgNric } from "./sg-nric.ts";
import { ukNino } from "./uk-nino.ts";
import { ukNinoLabelled } from "./uk-nino-labelled.ts";
import { usSsn } from "./us-ssn.ts";
import { usSsnLabelled } from "./us-ssn-labelled.ts";
import { usSsnSpaced } from "./us-ssn-spaced.ts";

export const nationalIdDetectors: readonly Detector[] = [
  krRrn,
  krRrnLabelled,
  frNir,
  frNirLabelled,
  esDni,
  esDniLabelled,
  itCodiceFiscale,
  sgNric,
  usSsn,
  usSsnSpaced,
  usSsnLabelled,
  ukNino,
  ukNinoLabelled,
  jpMyNumberLabelled,
  jpMyNumber,
  inAadhaarLabelled,
  inAadhaar,
  deSteuerIdLabelled,
  deSteuerId,
  nlBsnLabelled,
  nlBsn,
  ...regionalIds,
];
