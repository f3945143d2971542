import type { Detector } from "../../../detector.ts";
import { isPlaceholder, looksRandom } from "./randomness.ts";
import { token } from "./vendor-token.ts";

// Tokens and webhooks of chats, calls and notifications.
export const messaging: readonly Detector[] = [
  // Bots, users, workspaces and apps, with their refresh tokens and cookies.
  token({
    id: "slack-token",
    confidence: 0.9,
    form: [
      "xox(b|p|a|r|s|o|c)-{[\\dA-Za-z-]:10-250}",
      "xoxe(.xoxb|.xoxp|)-{digit:1}-{[\\dA-Za-z-]:10-250}",
      "xoxd-{[\\w%+/=-]:10-400}",
      "xapp-{digit:1}-{[\\dA-Za-z-]:10-250}",
    ],
    accepts: (match) => (/\d/.test(match) || looksRandom(match)) && !isPlaceholder(match),
    samples: {
      ignores: [
        { text: "xoxb-123", why: "too short" },
        { text: `xoxz-${"12ab".repeat(5)}`, why: "no such kind" },
        { text: "xoxb-your-bot-token-goes-in-here", why: "words" },
      ],
    },
  }),
  token({
    id: "slack-webhook",
    form: [
      "(https://|http://|)hooks.slack(-gov|).com/services/T{base62:5-14}/B{base62:5-14}/{base62:20-30}",
      "(https://|http://|)hooks.slack(-gov|).com/(workflows|triggers)/{base62:5-14}/{[\\w/]:20-100}",
      "(https://|http://|)hooks.slack(-gov|).com/services/{[\\w+/]:40-60}",
    ],
  }),
  // The first part is the number of the bot, in base64: only these characters spell digits.
  token({
    id: "discord-bot-token",
    form: [
      // The id of a user in Base64: what two digits and the beginning of a third are written as.
      "(MT|Mj|Mz|ND|NT|Nj|Nz|OD|OT)(A|E|I|M|Q|U|Y|c|g|k){base62:20-25}.{base64url:6}.{base64url:27-38}",
      "mfa.{base64url:84}",
    ],
  }),
  token({
    id: "discord-webhook",
    form: "(https://|http://|)(canary.|ptb.|)discord(app|).com/api/(v6/|v7/|v8/|v9/|v10/|)webhooks/{digit:17-20}/{base64url:50-90}",
  }),
  token({ id: "discord-client-secret", form: ["{hex:64}", "{[\\w=-]:32}"], near: ["discord"] }),
  token({
    id: "telegram-bot-token",
    form: ["bot(1|2|3|4|5|6|7|8|9){digit:4-15}:A{base64url:33-34}", "{digit:8-10}:AA{base64url:32-33}"],
  }),
  token({
    id: "telegram-named-bot-token",
    form: "{digit:5-16}:{base64url:34-35}",
    near: ["telegram", "telegr", "bot_token", "bot token"],
  }),
  // Identifiers of accounts and of API keys.
  token({
    id: "twilio-sid",
    type: "api_key",
    confidence: 0.9,
    form: "(AC|SK)(0|1|2|3|4|5|6|7|8|9|a|b|c|d|e|f){hex:31}",
    accepts: (match) => /\d/.test(match) && /[a-f]/i.test(match.slice(2)) && !isPlaceholder(match),
    samples: { ignores: [{ text: `AC${"0g1z2y3d".repeat(4)}`, why: "base62, not hex" }] },
  }),
  token({ id: "twilio-auth-token", form: ["{hex:32}", "{base62:32}"], near: ["twilio"] }),
  token({
    id: "teams-webhook",
    form: "(https://|){[\\w-]:1-60}.webhook.office.com/webhookb2/{[\\w@-]:60-90}/IncomingWebhook/{base62:20-40}/{[\\w-]:30-80}",
  }),
  token({
    id: "office-webhook",
    form: "(https://|)outlook.office.com/webhook/{[\\w@-]:60-90}/IncomingWebhook/{base62:20-40}/{[\\w-]:30-80}",
  }),
  token({
    id: "google-chat-webhook",
    form: "(https://|)chat.googleapis.com/v1/spaces/{base64url:8-20}/messages?key={base64url:30-50}&token={[\\w%-]:30-80}",
  }),
  token({ id: "wecom-webhook", form: "(https://|)qyapi.weixin.qq.com/cgi-bin/webhook/send?key={uuid}" }),
  token({ id: "dingtalk-webhook", form: "(https://|)oapi.dingtalk.com/robot/send?access_token={hex:64}" }),
  token({ id: "lark-webhook", form: "(https://|)open.(feishu.cn|larksuite.com)/open-apis/bot/v2/hook/{uuid}" }),
  token({ id: "matrix-access-token", form: "syt_{base64url:2-100}_{base62:20}_{base62:6}" }),
  token({
    id: "line-channel-token",
    form: ["{base64:160-180}(==|=|)", "{hex:32}"],
    near: ["line channel", "channel access token", "channel secret", "channelaccesstoken", "channelsecret"],
  }),
  token({ id: "kakao-key", form: "{hex:32}", near: ["kakao", "카카오", "kakaoak"] }),
  token({ id: "intercom-token", form: "dG9r{base64:50-90}(==|=|)" }),
  token({ id: "intercom-api-key", form: "{[\\w=-]:60}", near: ["intercom"] }),
  token({ id: "plivo-credential", form: ["(MA|SA){upper:18}", "{base62:40}", "{base64url:53}"], near: ["plivo"] }),
  token({ id: "vonage-secret", form: "{base62:16}", near: ["vonage", "nexmo"] }),
  token({
    id: "discord-client-id",
    form: "{digit:17-19}",
    near: ["discord client id"],
    accepts: (match) => !isPlaceholder(match),
  }),
  token({ id: "bird-access-key", form: "(live|test)_{base62:25}", random: true }),
  token({ id: "telnyx-key", form: "KEY0{Hex:31}_{base62:22}" }),
  token({ id: "webex-bot-token", form: "{base64url:64}_{upper:4}_{uuid}", near: ["webex", "cisco spark", "spark"] }),
  token({ id: "onesignal-key", form: "os_v2_(app|org)_{lower:90-120}" }),
  token({ id: "pushbullet-token", form: "o.{base62:32}", near: ["pushbullet"] }),
  token({ id: "pubnub-key", form: ["(pub|sub)-c-{uuid}", "sec-c-{base64:48}"] }),
  token({ id: "ably-key", form: "{base64url:6}.{base64url:6}:{base64url:20-50}", near: ["ably"] }),
  token({ id: "guilded-token", form: "gapi_{base64:80-100}(==|=|)" }),
  token({
    id: "named-messaging-key",
    form: ["{uuid}", "{base62:40}", "{base62:32}", "{base62:30}", "{base62:25-26}", "{hex:20}"],
    near: [
      ..."slack zendesk freshdesk freshchat sendbird mattermost messagebird onesignal pushover pusher".split(" "),
      ...["message bird", "zoom_client", "zoom_api", "zoom_jwt"],
    ],
  }),
];
