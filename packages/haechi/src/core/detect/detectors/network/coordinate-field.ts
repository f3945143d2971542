import type { Detector } from "../../detector.ts";
import { NAME_BEGINS, unlessBehind } from "../../surroundings/behind-name.ts";

const NAMES = "latitude,longitude,lat,lng,lon,위도,경도,緯度,経度,纬度,经度".split(",");

// One coordinate under its name: a member, a parameter of a URL, a line.
export const coordinateField: Detector = {
  id: "coordinate-field",
  entityType: "coordinates",
  confidence: 0.75,
  anchor: { kind: "digits", run: 4, lead: 5 },
  pattern: /(?<![\w.+-])(?<value>[+-]?(?:180|1[0-7]\d|[1-9]?\d)\.\d{4,15})(?![\w.-])/,
  context: {
    requires: NAMES,
    rejects: unlessBehind(
      `${NAME_BEGINS}(?:${NAMES.join("|")})\\\\{0,3}["'\`]?[ \\t]{0,2}[:=：][ \\t]{0,2}\\\\{0,3}["'\`]?`,
    ),
    reach: 28,
  },
  samples: {
    finds: [
      { text: '"lat": 37.566535', match: "37.566535", why: "a member" },
      { text: "?longitude=126.9779692&z=3", match: "126.9779692", why: "a parameter" },
    ],
    ignores: [
      { text: "lat: 37.5", why: "one decimal" },
      { text: "flat: 37.566535", why: "a piece of a word" },
      { text: "lat of 37.566535", why: "no assignment" },
    ],
  },
};
