import type { Detector } from "../../detector.ts";

// Slack tokens of bots, users, workspaces and apps, with their refresh tokens and cookies.
export const slackToken: Detector = {
  id: "slack-token",
  entityType: "secret",
  confidence: 0.9,
  anchor: {
    kind: "literal",
    literals: ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxe.xox", "xoxd-", "xapp-"],
  },
  pattern:
    /(?<!\w)(?:xox[bpars]-[A-Za-z\d-]{10,250}|xoxe(?:\.xox[bp])?-\d-[A-Za-z\d-]{10,250}|xoxd-[\w%-]{10,400}|xapp-\d-[A-Za-z\d-]{10,250})/,
  samples: {
    finds: [
      { text: `xoxb-${"1234567890-"}${"aB3d".repeat(6)}`, why: "a bot" },
      { text: `xoxe.xoxp-1-${"aB3d".repeat(10)}`, why: "a token that is rotated" },
      { text: `xapp-1-A0${"aB3d".repeat(10)}`, why: "an app" },
    ],
    ignores: [
      { text: "xoxb-123", why: "too short" },
      { text: `xoxz-${"1".repeat(20)}`, why: "no such kind" },
      { text: `axoxb-${"1".repeat(20)}`, why: "a piece of a longer word" },
    ],
  },
};
