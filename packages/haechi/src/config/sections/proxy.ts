import { key, section } from "../key.ts";
import { flag, integer, text } from "../value-kinds.ts";
import { tls } from "./proxy-tls.ts";

export const proxy = section("Where the gateway listens.", {
  host: key(
    "Address to listen on. Anything but loopback also needs the flag `--allow-remote-bind`, and TLS or `proxy.trustForwardedProto`.",
    text,
    "127.0.0.1",
  ),
  port: key("Port to listen on; 0 takes any free one. `--port` overrides it.", integer(0, 65_535), 11_016),
  tls: key(
    "Serve https: `{keyFile, certFile}` with PEM files, or `{pfxFile, passphrase?}`. Null serves http.",
    tls,
    null,
  ),
  trustForwardedProto: key(
    "The operator states that a trusted hop in front terminates TLS; requests must then carry `X-Forwarded-Proto: https`.",
    flag,
    false,
  ),
});
