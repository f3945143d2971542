import type { Detector } from "../../detector.ts";
import { anglophoneIds } from "./anglophone-ids.ts";
import { asianAndAfricanIds } from "./asian-and-african-ids.ts";
import { eastAsianIds } from "./east-asian-ids.ts";
import { europeanIds } from "./european-ids.ts";
import { latinAmericanIds } from "./latin-american-ids.ts";
import { nordicIds } from "./nordic-ids.ts";

// The countries whose numbers have no entity type of their own.
export const regionalIds: readonly Detector[] = [
  ...eastAsianIds,
  ...anglophoneIds,
  ...nordicIds,
  ...europeanIds,
  ...latinAmericanIds,
  ...asianAndAfricanIds,
];
