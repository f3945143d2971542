import { compilePlaceRules } from "../../core/document/field-rules.ts";
import { leafText } from "../../core/document/leaf.ts";
import { escapeJson, splice } from "../../core/document/splice.ts";
import { HaechiError } from "../../core/errors.ts";
import type { Haechi } from "../../engine/create-haechi.ts";
import type { Exchange } from "../exchange.ts";
import { type HeaderList, headerValue } from "../headers/header-list.ts";

/** Addresses of a server as a client has to see them, so that it comes back through the gateway. */
export interface OwnAddress {
  /** What an address of the server is here; null for an address of anybody else. */
  of(address: string): string | null;
  /**
   * Where a stream of revision 2024-11-05 wants its messages, as a path.
   * @throws HaechiError UPSTREAM_UNINSPECTABLE for a way around the gateway
   */
  endpoint(said: string): string;
}

/** @param serverUrls a path of theirs stands before every path of a client */
export function ownAddress({ request, path }: Exchange, serverUrls: readonly URL[]): OwnAddress {
  const { rawHeaders, socket } = request;
  const forwarded = headerValue(rawHeaders, "x-forwarded-proto") ?? "";
  const scheme = "encrypted" in socket || /^\s*https\s*(?:,|$)/i.test(forwarded) ? "https" : "http";
  const own = `${scheme}://${headerValue(rawHeaders, "host") ?? ""}`;
  const pathHere = (address: URL): string | null => {
    const server = serverUrls.find(({ origin, pathname }) => origin === address.origin && isBelow(address, pathname));
    if (server === undefined) return null;
    const here = address.pathname.slice(server.pathname.replace(/\/$/, "").length);
    return `${here === "" ? "/" : here}${address.search}`;
  };
  return {
    of(address) {
      const here = URL.canParse(address) ? pathHere(new URL(address)) : null;
      // A path that says nothing is not written out, as clients compare addresses letter by letter.
      return here === null ? null : here === "/" && !address.endsWith("/") ? own : own + here;
    },
    endpoint(said) {
      for (const server of serverUrls) {
        const stream = server.origin + server.pathname.replace(/\/$/, "") + path;
        const here = URL.canParse(said, stream) ? pathHere(new URL(said, stream)) : null;
        if (here !== null) return here;
      }
      const reason = "endpoint_elsewhere";
      throw new HaechiError("UPSTREAM_UNINSPECTABLE", "The server sends its client elsewhere", { reason });
    },
  };
}

function isBelow({ pathname }: URL, base: string): boolean {
  const folder = base.replace(/\/$/, "");
  return pathname === folder || pathname.startsWith(`${folder}/`);
}

/** The challenge of a server names where its metadata are (RFC 9728, section 5.1). */
export function withOwnChallenges(headers: HeaderList, address: OwnAddress): HeaderList {
  return headers.map((value, at) =>
    at % 2 === 1 && headers[at - 1] === "www-authenticate"
      ? value.replaceAll(
          /(resource_metadata\s*=\s*")([^"]*)(")/gi,
          (whole, before: string, url: string, end: string) => {
            const own = address.of(url);
            return own === null ? whole : before + own + end;
          },
        )
      : value,
  );
}

/** Metadata that name a resource, which is to a client the gateway (RFC 9728, section 3.3). */
export function withOwnResource(metadata: Uint8Array, address: OwnAddress, haechi: Haechi): Uint8Array {
  const document = haechi.read(metadata);
  const { leaves } = document;
  const splices = resources.keysIn(document).flatMap((key) => {
    const value = key + 1;
    if (leaves.slot[value] !== key) return [];
    const own = address.of(leafText(document, value));
    return own === null ? [] : [{ start: leaves.start[value]!, end: leaves.end[value]!, text: escapeJson(own) }];
  });
  return splice(metadata, splices);
}

const resources = compilePlaceRules([{ path: ["resource"], holds: "address" }]);
