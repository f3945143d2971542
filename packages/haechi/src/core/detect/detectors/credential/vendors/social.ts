import type { Detector } from "../../../detector.ts";
import { isPlaceholder, looksRandomThroughout } from "./randomness.ts";
import { token } from "./vendor-token.ts";

// Tokens of social networks, of streams and of games.
export const social: readonly Detector[] = [
  token({ id: "facebook-token", form: "EAA{[A-Z]:1}{base62:80-400}" }),
  token({ id: "oculus-token", form: "OC|{digit:10-20}|{base64url:27-40}" }),
  token({
    id: "facebook-app-token",
    form: ["{digit:15-16}|{base64url:27-40}", "{digit:15-16}%7C{base64url:27-40}"],
    accepts: (match) => looksRandomThroughout(match.slice(-27)),
  }),
  token({ id: "instagram-token", form: ["IGQ(V|W){base64url:80-300}", "IGAA{base62:80-300}"] }),
  // The first letters are zeros of a number: nothing may be said of them.
  token({
    id: "twitter-bearer-token",
    form: "AAAAAAAAAAAAAAAAAAAAA(AAAA|AAA|AA|A|){[\\dB-Za-z%]:1}{[\\w%]:39-140}",
    accepts: (match) => /[a-z]/.test(match) && /\d/.test(match) && !/x{4}/i.test(match),
  }),
  token({
    id: "twitter-access-token",
    form: "{digit:15-19}-{base62:40}",
    random: true,
  }),
  token({
    id: "twitter-key",
    form: ["{digit:15-25}-{base62:20-45}", "{base62:50}", "{base62:45}", "{base62:35-44}", "{base62:25}"],
    near: ["twitter", "tweepy"],
  }),
  token({ id: "linkedin-token", form: "WPL_AP{digit:1}.{base62:16}.{base64:6-12}(==|=|)" }),
  token({ id: "pinterest-token", form: "pina_{base62:60-130}" }),
  token({ id: "twitch-token", form: "oauth:{lower:30}" }),
  token({ id: "vk-token", form: "vk1.a.{base64url:80-300}" }),
  token({ id: "foursquare-key", form: "fsq3{base64:44}(==|=|)" }),
  token({ id: "riot-games-key", form: "RGAPI-{uuid}" }),
  token({ id: "roblox-cookie", form: "_|WARNING:-DO-NOT-SHARE-THIS.{[\\w .,'!-]:40-140}|_{Hex:100-1500}" }),
  token({
    id: "naver-client-secret",
    form: "{base64url:10}",
    near: ["naver client secret", "naver secret"],
    accepts: (match) => /[a-z]/.test(match) && /[A-Z]/.test(match.slice(1)) && !isPlaceholder(match),
  }),
  token({ id: "tiktok-token", form: "(act|rft).{base62:40-90}!{digit:1-5}.{[a-z]:1}{digit:1}" }),
  token({ id: "linkedin-secret", form: ["{base62:16}", "{lower:14}"], near: ["linkedin", "linked in"] }),
  token({
    id: "named-social-key",
    form: ["{base62:64}", "{base62:50}", "{base64url:43}", "{hex:40}", "{Hex:32}", "{base64url:30}", "{base64url:27}"],
    near: [
      ..."facebook fb_app fb_secret meta_app spotify flickr tumblr strava disqus imgur reddit praw twitch patreon".split(
        " ",
      ),
      ...["steam api", "steam_web", "mastodon", "instagram", "tiktok"],
    ],
  }),
];
