import type { Detector } from "../../detector.ts";
import { isPublicAddress } from "../../numbering/public-address.ts";
import { anyOf, inPath, inVersion } from "../../surroundings/surroundings.ts";

// A public address in dotted decimal. Numbers of versions, sections and objects
// have four parts too, but low ones.
export const ipv4Address: Detector = {
  id: "ipv4-address",
  entityType: "ip_address",
  confidence: 0.7,
  anchor: { kind: "digits", run: 2 },
  pattern: /(?<![\w.+%^~-])(?<value>[1-9]\d{0,2}(?:\.\d{1,3}){3}(?:\/\d{1,2})?)(?:(?![\w.-])|\.(?!\d))/,
  accepts: (match) => {
    const [address = ""] = match.split("/");
    return isPublicAddress(address) && !LOW_NUMBERS.test(address);
  },
  context: { rejects: anyOf(inVersionOfPackage, afterVersionWord, inPath), reach: 40 },
  samples: {
    finds: [
      { text: "from 203.0.113.42 port 22", match: "203.0.113.42", why: "a log" },
      { text: "http://198.51.100.7:8080/x", match: "198.51.100.7", why: "the host of a URL" },
      { text: "allow 52.95.110.0/24;", match: "52.95.110.0/24", why: "a block" },
      { text: "ssh root@185.219.162.186", match: "185.219.162.186", why: "the host of a user" },
      { text: "The client is 93.184.216.34.", match: "93.184.216.34", why: "the end of a sentence" },
    ],
    ignores: [
      { text: "bind 127.0.0.1:80 or 0.0.0.0, 192.168.0.1, 10.0.0.5, 172.16.3.4", why: "loopback and private networks" },
      { text: "version 52.95.110.24", why: "a version" },
      { text: "Chrome/91.0.4472.124", why: "a browser" },
      { text: "1.3.6.1.4.1.311", why: "an object identifier" },
      { text: "see section 4.1.2.10", why: "a section" },
      { text: "256.1.1.300", why: "no octets" },
      { text: "libfoo-52.95.110.24", why: "a piece of a name" },
    ],
  },
};

/** A first part below 100 and others below 30, a first part of one digit, or zeros at the end. */
const LOW_NUMBERS = /^(?:\d{2}(?:\.[12]?\d){3}|\d\..*|.*\.0\.0)$/;

/** An address behind the name of a user is a host's. */
function inVersionOfPackage(before: string, after: string): boolean {
  return inVersion(/[a-z]@$/i.test(before) ? before.slice(0, -1) : before, after);
}

function afterVersionWord(before: string): boolean {
  return /(?:version|oid|section|chapter|build|sdk|chrome|chromium|driver|firmware|assembly|v\.?|§|\w\/)["']?[\s:=]{0,3}["']?$/i.test(
    before,
  );
}
