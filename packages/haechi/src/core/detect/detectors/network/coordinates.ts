import type { Detector } from "../../detector.ts";

const LATITUDE = "[+-]?(?:90|[1-8]?\\d)\\.\\d{4,15}";
const LONGITUDE = "[+-]?(?:180|1[0-7]\\d|[1-9]?\\d)\\.\\d{4,15}";

// A latitude and a longitude in decimal degrees with four decimals or more (about
// ten metres), where a word says what they are. Also `geo:` URIs (RFC 5870).
export const coordinates: Detector = {
  id: "coordinates",
  entityType: "coordinates",
  confidence: 0.75,
  anchor: { kind: "digits", run: 4, lead: 5 },
  pattern: new RegExp(
    `(?<![\\w.+-])(?<value>${LATITUDE}°?(?: ?[NS])?(?:, ?|; ?|/| )${LONGITUDE}°?(?: ?[EW])?)(?:(?![\\w.-])|\\.(?!\\d))`,
  ),
  context: {
    requires:
      "lat,latitude,latlng,latlon,coordinate,coordinates,coords,gps,geo,geolocation,location,located,maps,위도,좌표,위치,緯度,座標,坐标,koordinaten,coordonnées,coordenadas".split(
        ",",
      ),
    rejects: (before, after) => /\d[, ]{1,2}$/.test(before) || /^[, ]{1,2}[+-]?\d/.test(after),
    reach: 40,
  },
  samples: {
    finds: [
      { text: "GPS: 37.5665, 126.9780", match: "37.5665, 126.9780", why: "a label" },
      { text: "I live at GPS coordinates 40.6892, -74.0445.", match: "40.6892, -74.0445", why: "sentence end" },
      { text: "geo:48.2010,16.3695", match: "48.2010,16.3695", why: "a URI" },
      { text: "location 40.7128° N, 74.0060° W", match: "40.7128° N, 74.0060° W", why: "hemispheres" },
    ],
    ignores: [
      { text: "37.5665, 126.9780", why: "no label" },
      { text: "location 37.56, 126.97", why: "two decimals" },
      { text: "coords 1.2345, 2.3456, 3.4567", why: "a list of figures" },
    ],
  },
};
