/** How much of what stands before a value has to be seen to tell what it is. */
export const REACH_BEFORE = 100;

/**
 * True when what stands before a value says that it is no key: the last name is that of
 * a digest, a revision, an identifier of anything but a client, a public key.
 */
export function namesAnotherThing(before: string): boolean {
  if (DIGEST.test(before) || SHAPES.some((shape) => shape.test(before))) return true;
  const name = before.match(/[\w-]{1,80}(?=[^\w-]{0,60}$)/)?.[0] ?? "";
  return ANOTHER_THING.test(name.replace(/(?<=[a-z])(?=[A-Z])/g, "_"));
}

const DIGEST =
  /(?<![a-z])(?:sha|md5|digest|checksum|hash|commit|revision|rev|etag|integrity|fingerprint|tree|blob|pub(?:lic)?[ _-]?key)\W?\d*[^\w\r\n]{0,6}$/i;

const SHAPES: readonly RegExp[] = [
  /\/[\w.-]{1,80}[:@]$/, // the tag of an image, the revision of an action
  /\n {2}[A-Z][\w+/-]{0,60}: $/, // a checksum in Podfile.lock
  /<\w{1,40} id=["']$/, // the id of an element
  /[{,(]\s{0,20}\\?["']?_?id\\?["']?\s?[:=]\s?\\?["']?$|\n[ -]{0,20}["']?_?id["']?\s?[:=]\s?["']?$/i, // of an object
];

const THINGS =
  "sha\\d* h1 digest checksum hash commit revision rev etag integrity fingerprint version release build image tag " +
  "ref url uri path file class style nonce trace span request event";
const OBJECTS =
  "project user customer order message session org organization organisation team site page install installation " +
  "tenant resource object record row job run task issue ticket channel device group board item product invoice " +
  "payment transaction workspace environment correlation parent node document conversation thread";
/** `stripe_id`, not `client_id`. */
const OF_SERVICE = "^(?!(?:client|access|api|app|key|secret|auth)_)[a-z]{3,20}\\d?_id$";
const ANOTHER_THING = new RegExp(
  `(?:^|[_-])(?:(?:${THINGS.replaceAll(" ", "|")})(?:[_-]?(?:id|sha|hash))?|(?:${OBJECTS.replaceAll(" ", "|")})[_-]?(?:id|uuid))$|${OF_SERVICE}`,
  "i",
);
