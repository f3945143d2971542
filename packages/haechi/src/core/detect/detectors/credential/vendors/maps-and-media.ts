import type { Detector } from "../../../detector.ts";
import { token } from "./vendor-token.ts";

// Keys of maps, weather, pictures and films.
export const mapsAndMedia: readonly Detector[] = [
  token({
    id: "mapbox-token",
    form: ["(sk|tk|pk).eyJ{base64url:40-400}.{base64url:20-40}", "(sk|tk|pk).{base62:60}.{base62:22}"],
  }),
  token({ id: "cloudinary-url", form: "cloudinary://{digit:10-20}:{base64url:20-40}" }),
  token({ id: "cloudinary-secret", form: "{base64url:27}", near: ["cloudinary"] }),
  token({ id: "samsara-token", form: "samsara_api_{base62:28-32}" }),
  token({ id: "imagekit-key", form: "private_{base64:27}=" }),
  token({ id: "radar-key", form: "prj_(live|test)_(sk|pk)_{hex:40}" }),
  token({ id: "locationiq-key", form: "pk.{hex:32}" }),
  token({
    id: "named-media-key",
    form: ["{uuid}", "{base62:56}", "{base64url:43}", "{hex:40}", "{[\\w=-]:32}", "{base62:20}", "{hex:20}"],
    near: [
      ..."openweather openweathermap owm_api tomtom accuweather mapquest maptiler geoapify opencage ipstack".split(" "),
      ..."positionstack apilayer currencylayer vimeo bunnycdn uploadcare unsplash pexels giphy newsapi tmdb".split(" "),
      ..."themoviedb nytimes agora_app".split(" "),
      ...["open weather", "here api", "bunny_api", "new york times", "news api", "nasa api"],
    ],
  }),
];
