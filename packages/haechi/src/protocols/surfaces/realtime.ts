import type { Route } from "../protocol.ts";

/**
 * Conversations over WebSockets and WebRTC, and the keys with which a client opens one past this
 * gateway. What is said in them is not looked into.
 */
export function realtimeRoutes(base: string): readonly Route[] {
  return [
    "realtime",
    "realtime/calls",
    "realtime/client_secrets",
    "realtime/sessions",
    "realtime/transcription_sessions",
    "realtime/translations",
    "realtime/translations/calls",
    "realtime/translations/client_secrets",
    "live/sessions",
  ].map((path) => ({ id: "realtime", path: `${base}/${path}`, stream: null, refused: "uninspectable" }));
}
