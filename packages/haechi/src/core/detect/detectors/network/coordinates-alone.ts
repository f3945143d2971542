import type { Detector } from "../../detector.ts";
import { standingAlone } from "../../surroundings/edges.ts";

const LATITUDE = "[+-]?(?:90|[1-8]?\\d)\\.\\d{4,15}";
const LONGITUDE = "[+-]?(?:180|1[0-7]\\d|[1-9]?\\d)\\.\\d{4,15}";

// A latitude and a longitude that are the whole of a text.
export const coordinatesAlone: Detector = {
  id: "coordinates-alone",
  entityType: "coordinates",
  confidence: 0.6,
  anchor: { kind: "digits", run: 4, lead: 5 },
  pattern: new RegExp(standingAlone(`\\(?${LATITUDE}(?: ?[NS])?, ?${LONGITUDE}(?: ?[EW])?\\)?`)),
  samples: {
    finds: [
      { text: "37.5665, 126.9780", why: "Seoul" },
      { text: "(51.5074 N, 0.1278 W)", why: "London, in parentheses" },
    ],
    ignores: [
      { text: "x 37.5665, 126.9780", why: "inside a text" },
      { text: "37.5665, 226.9780", why: "no longitude" },
    ],
  },
};
