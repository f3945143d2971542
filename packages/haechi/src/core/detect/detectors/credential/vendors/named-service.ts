import type { Detector } from "../../../detector.ts";
import { lazily } from "../../../lazily.ts";
import { BARE_VALUE, isNoAssignment, QUOTED_VALUE } from "../../../secrets/assignment.ts";
import { labelWords } from "../../../surroundings/label-words.ts";
import { namesAnotherThing, REACH_BEFORE } from "./another-thing.ts";
import { looksLikeKey } from "./randomness.ts";
import { nameOf } from "./vendor-token.ts";

/** Services of one field whose keys have no form of their own. */
export interface ServiceRow {
  readonly id: string;
  /** As `labelWords` reads them. At most 256 spellings, so that the rule is tried at its names only. */
  readonly names: string;
  /** The names are words as well: a digest or a UUID beside them is no key. */
  readonly areWords?: boolean;
}

/** What may make a longer name of that of a service: `_api_key`, `.io.token`, ` access token`. */
const REST = "[\\w-]{0,24}(?:[ .][\\w-]{1,16}){0,3}";
const BARE_KEY = "(?<value>[\\w.~+/=-]{16,200})(?![\\w+/=-])";
/** A cell behind that of the name, the initial value of C++, a quoted literal in an argument. */
const BESIDE = `(?:, ?|\\{ ?"|["'], ?["'\\\\]{2,4}|" [^\\r\\n"]{1,20}"[^\\r\\n"]{1,20}"><value>)${BARE_KEY}`;
/** Behind the name of a kind of key, as in a comment or a command. */
const KIND_OF_KEY = "[\\w-]{0,24}(?:key|token|secret|_id|_pat|auth|password)";
const NEXT_WORD = `(?:${KIND_OF_KEY}|(?<=\\b(?:setx|ENV) \\w{1,60})\\w{0,24}) {1,2}${BARE_KEY}`;
const ASSIGNED = [QUOTED_VALUE, BARE_VALUE, BESIDE].join("|");
/** On the line behind, where that line says that it is a credential. */
const LINE_BEHIND =
  "[^\\r\\n]{0,40}\\r?\\n[^\\r\\n]{0,40}?(?:key|token|secret|auth|credential|password|bearer)s?" +
  `["'\\]]{0,2}(?: ?[:=]{1,2} ?| )\\\\{0,3}["'\`]?${BARE_KEY}`;

/** A key under the name of its service, on which the form says nothing: it has to look random. */
export function namedService({ id, names, areWords = false }: ServiceRow): Detector {
  const spellings = labelWords(names);
  const pattern = lazily(
    () => new RegExp(`${nameOf(spellings)}(?:${REST}(?:${ASSIGNED})|${NEXT_WORD}|${LINE_BEHIND})`, "i"),
  );
  return {
    id,
    entityType: "secret",
    confidence: 0.8,
    anchor: { kind: "keyed", names: spellings, reach: 160, memberValue: /[\w.~+/=:-]{14,4000}/ },
    get pattern() {
      return pattern();
    },
    accepts: areWords ? (value) => looksLikeKey(value) && !/^[\da-f-]*$/i.test(value) : looksLikeKey,
    context: {
      rejects: (before) => namesAnotherThing(before) || isNoAssignment(before) || isNextWord(before),
      reach: REACH_BEFORE,
    },
    get samples() {
      return {
        finds: FINDS.map(({ text, why }) => ({ text: text.replace("{}", spellings[0]!), match: KEY, why })),
        ignores: IGNORES.map(({ text, why }) => ({ text: text.replace("{}", spellings[0]!), why })),
      };
    },
  };
}

/** True when nothing but a blank stands between a value and a word that does not introduce one. */
function isNextWord(before: string): boolean {
  return /\w {1,2}$/.test(before) && !INTRODUCES.test(before);
}

const INTRODUCES = new RegExp(
  "(?:(?:key|token|secret|_id|_pat|auth|password|\\b(?:is|was|ist|lautet|es|est|to))" +
    "|(?<![\\w-])--?[\\w-]{2,40}|\\b(?:ENV|setx) \\w{1,80}) {1,2}$",
  "i",
);

const KEY = `${"k3Jq9ZxV7b"}${"Nw2RtY8mLp"}`;
const FINDS = [
  { text: `{} = "${KEY}"`, why: "the name alone" },
  { text: `"{}ApiKey": "${KEY}"`, why: "JSON" },
  { text: `- name: {}_KEY\n  value: ${KEY}`, why: "a variable of a container" },
  { text: `variable "{}_key" {\n  default = "${KEY}"\n}`, why: "a variable of Terraform" },
  { text: `request to the {} API\nusing key=${KEY}`, why: "a log" },
];
const IGNORES = [
  { text: `key_of_the_owner = "${KEY}"`, why: "no service" },
  { text: `{}_commit = "${KEY}"`, why: "a revision" },
  { text: `{}_project_id = "${KEY}"`, why: "an identifier" },
  { text: `{"name": "{}", "id": "0b7a3c52-5f0e-4a43-9a4e-8e2f0d6b1c11"}`, why: "the identifier of an object" },
  { text: `submodule {} ${KEY}`, why: "the next word" },
  { text: '{} = "environment-of-production-2"', why: "words" },
  { text: '{} = "xxxxxxxxxxxxxxxxxxxx"', why: "a placeholder" },
];
