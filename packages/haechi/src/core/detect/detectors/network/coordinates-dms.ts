import type { Detector } from "../../detector.ts";

const DECIMAL = "[+-]?\\d{1,3}\\.\\d{2,15} ?° ?";
const ANGLE = "\\d{1,3}° ?\\d{1,2}[′'’] ?\\d{1,2}(?:\\.\\d{1,6})?(?:[″\"”]|''|′′) ?";

// A latitude and a longitude in degrees, minutes and seconds (ISO 6709 annex D), or in
// decimal degrees, with their hemispheres.
export const coordinatesDms: Detector = {
  id: "coordinates-dms",
  entityType: "coordinates",
  confidence: 0.9,
  anchor: { kind: "literal", literals: Array.from("0123456789 NS", (sign) => `°${sign}`), lead: 21 },
  pattern: new RegExp(`(?<![\\w.+-])(?:${ANGLE}[NS],? ?${ANGLE}[EWO]|${DECIMAL}[NS],? ?${DECIMAL}[EWO])(?!\\w)`),
  samples: {
    finds: [
      { text: "40°26′46″N 79°58′56″W", why: "the typographic signs" },
      { text: "37° 33' 59.4\" N, 126° 58' 40.8\" E", why: "ASCII signs" },
      { text: "33.8688° S, 151.2093° E", why: "decimal degrees" },
    ],
    ignores: [{ text: "turn by 40°26′", why: "an angle" }],
  },
};
