import type { Detector } from "../../detector.ts";
import { looksLikeCredentials } from "../../secrets/user-and-password.ts";

// `curl -u name:password`, also of wget, HTTPie and others that take credentials so.
export const commandCredentials: Detector = {
  id: "command-credentials",
  entityType: "secret",
  confidence: 0.85,
  anchor: {
    kind: "keyed",
    names: [" -u", "--user", "--proxy-user", "--auth", "--basic-auth", "--creds"],
    reach: 8,
    memberValue: /[\w.@%+-]{1,64}:[^\s:]{3,128}/,
  },
  pattern: new RegExp(
    "(?: -u| -U|(?<![\\w-])(?:--user|--proxy-user|--auth|--basic-auth|--creds))(?:[ =]{1,2}|(?=[\"'\\w]))\\\\?[\"']?" +
      "(?<value>[\\w.@%+\\\\-]{1,64}:[^\\s\"'`<>\\\\:\\0-\\x1f\\x7f]{3,128}|\\w{16,64}(?=:))(?![^\"'\\s\\\\`:])",
  ),
  accepts: looksLikeCredentials,
  context: { requires: ["curl", "wget", "http", "https", "xh", "ab", "api"], reach: 100 },
  samples: {
    finds: [
      { text: "curl -u admin:aB3dE6gH https://example.com", match: "admin:aB3dE6gH", why: "the short option" },
      {
        text: 'curl https://example.com --user "admin:aB3dE6gH"',
        match: "admin:aB3dE6gH",
        why: "the long one, quoted",
      },
    ],
    ignores: [
      { text: "curl -u user:password https://example.com", why: "a placeholder" },
      { text: 'curl -u "$USER:$PASSWORD" https://example.com', why: "variables" },
      { text: "docker run -u 1000:1000 image", why: "the ids of a user and a group" },
      { text: "curl -u admin https://example.com", why: "a name alone" },
    ],
  },
};
