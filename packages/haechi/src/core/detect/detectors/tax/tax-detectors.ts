import type { Detector } from "../../detector.ts";
import { anglophoneTaxNumbers } from "./anglophone-tax-numbers.ts";
import { asianAndAfricanTaxNumbers } from "./asian-and-african-tax-numbers.ts";
import { brCnpjAlphanumeric } from "./br-cnpj-alphanumeric.ts";
import { eastAsianTaxNumbers } from "./east-asian-tax-numbers.ts";
import { europeanTaxNumbers } from "./european-tax-numbers.ts";
import { latinAmericanTaxNumbers } from "./latin-american-tax-numbers.ts";
import { vatNumbers } from "./vat-numbers.ts";

// The last of a list holds its loosest rules.
export const taxDetectors: readonly Detector[] = [
  ...eastAsianTaxNumbers,
  ...anglophoneTaxNumbers,
  ...vatNumbers,
  ...europeanTaxNumbers,
  brCnpjAlphanumeric,
  ...latinAmericanTaxNumbers,
  ...asianAndAfricanTaxNumbers,
];
