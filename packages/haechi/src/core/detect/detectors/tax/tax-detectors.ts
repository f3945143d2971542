import type { Detector } from "../../detector.ts";
import { anglophoneTaxNumbers } from "./anglophone-tax-numbers.ts";
import { eastAsianTaxNumbers } from "./east-asian-tax-numbers.ts";
import { europeanTaxNumbers } from "./european-tax-numbers.ts";

export const taxDetectors: readonly Detector[] = [
  ...eastAsianTaxNumbers,
  ...anglophoneTaxNumbers,
  ...europeanTaxNumbers,
];
