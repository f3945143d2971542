import type { Detector } from "../../detector.ts";

const ANGLE = "\\d{1,3}° ?\\d{1,2}[′'’] ?\\d{1,2}(?:\\.\\d{1,6})?(?:[″\"”]|''|′′) ?";

// A latitude and a longitude in degrees, minutes and seconds (ISO 6709 annex D).
export const coordinatesDms: Detector = {
  id: "coordinates-dms",
  entityType: "coordinates",
  confidence: 0.9,
  anchor: { kind: "literal", literals: ["°"], lead: 3 },
  pattern: new RegExp(`(?<![\\w.])${ANGLE}[NS],? ?${ANGLE}[EWO](?!\\w)`),
  samples: {
    finds: [
      { text: "40°26′46″N 79°58′56″W", why: "the typographic signs" },
      { text: "37° 33' 59.4\" N, 126° 58' 40.8\" E", why: "ASCII signs" },
    ],
    ignores: [{ text: "turn by 40°26′", why: "an angle" }],
  },
};
