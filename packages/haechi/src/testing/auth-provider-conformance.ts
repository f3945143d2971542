import { HaechiError } from "../core/errors.ts";
import { checkIdentity } from "../core/identity/check-identity.ts";
import type { Identity } from "../core/identity/identity.ts";
import type { AuthenticationRequest, Authenticator } from "../ports/authenticator.ts";

/** Somebody whom the suite makes up for one run. */
export interface MadeUpSubject {
  readonly subject: string;
  readonly issuer: string;
}

/** Header names, lower-case, with what a client would send in them. */
export type CredentialHeaders = Readonly<Record<string, string>>;

/** How to get credentials that the provider knows; each is asked for several times. */
export interface AuthVectors {
  /** The one issuer that the provider knows; one is made up each time where it knows any. */
  readonly issuer?: string;
  /** Good from `now` on for a while. */
  valid(somebody: MadeUpSubject, now: number): CredentialHeaders | Promise<CredentialHeaders>;
  /** Of right form and origin, and its time is over. Left out by a provider whose credentials do not end by themselves. */
  expired?(somebody: MadeUpSubject, now: number): CredentialHeaders | Promise<CredentialHeaders>;
  /** The same before its time has come. */
  notYetValid?(somebody: MadeUpSubject, now: number): CredentialHeaders | Promise<CredentialHeaders>;
  /** What else the provider must not accept, such as a credential of another issuer. */
  refused?(somebody: MadeUpSubject, now: number): readonly CredentialHeaders[] | Promise<readonly CredentialHeaders[]>;
}

export interface AuthConformanceOptions {
  readonly vectors: AuthVectors;
  /** Milliseconds since the epoch, as the provider's clock says. */
  readonly now?: number;
}

/**
 * Holds an authenticator against everything that the gateway relies on, with people who are made up for each run.
 * @throws HaechiError PROVIDER_INVALID naming every promise that is not kept
 */
export async function assertAuthProviderConformance(
  provider: Authenticator,
  { vectors, now = Date.now() }: AuthConformanceOptions,
): Promise<{ readonly ok: true; readonly failures: readonly [] }> {
  const failures: string[] = [];
  for (const [promise, isKept] of PROMISES) {
    if (!(await isKept({ provider, vectors, now }).catch(() => false))) failures.push(promise);
  }
  if (failures.length === 0) return { ok: true, failures: [] };
  throw new HaechiError("PROVIDER_INVALID", `The authenticator does not conform: ${failures.join("; ")}`);
}

interface Trial {
  readonly provider: Authenticator;
  readonly vectors: AuthVectors;
  readonly now: number;
}

const PROMISES: readonly (readonly [promise: string, isKept: (trial: Trial) => Promise<boolean>])[] = [
  ["a valid credential is accepted", async (trial) => (await accepted(trial, somebody(trial))) !== null],
  [
    "an identity has every member in its form, with a hash of the subject and one of the issuer",
    async (trial) => {
      const identity = await accepted(trial, somebody(trial));
      if (identity === null) return false;
      checkIdentity(identity, Object.keys(identity.labels));
      return identity.subjectHash !== null && identity.issuerHash !== null;
    },
  ],
  [
    "nothing of an identity says who the subject or the issuer is",
    async (trial) => {
      const known = somebody(trial);
      const text = JSON.stringify(await accepted(trial, known)).toLowerCase();
      const raw = [known.subject, known.issuer].flatMap(readableForms);
      return text !== "null" && !raw.some((form) => text.includes(form.toLowerCase()));
    },
  ],
  [
    "one subject is one identity, however often it comes",
    async (trial) => {
      const known = somebody(trial);
      const texts = [];
      for (let time = 0; time < 3; time++) texts.push(JSON.stringify(await accepted(trial, known)));
      return texts[0] !== "null" && new Set(texts).size === 1;
    },
  ],
  [
    "another subject is another identity, and so is the same name at another issuer",
    async (trial) => {
      const [one, other] = [somebody(trial), somebody(trial)];
      const elsewhere = trial.vectors.issuer === undefined ? [{ ...one, issuer: other.issuer }] : [];
      const people = [one, { ...one, subject: other.subject }, ...elsewhere];
      const identities = await Promise.all(people.map((person) => accepted(trial, person)));
      const distinct = (member: "id" | "subjectHash") => new Set(identities.map((identity) => identity?.[member])).size;
      return (
        !identities.includes(null) && distinct("id") === people.length && distinct("subjectHash") === people.length
      );
    },
  ],
  [
    "a request without a credential is denied",
    async (trial) => deniesAll(trial, [{}, { accept: "application/json" }, { authorization: "" }]),
  ],
  [
    "a credential that is cut, lengthened, changed, doubled or in another place is denied",
    async (trial) => deniesAll(trial, malformed(await trial.vectors.valid(somebody(trial), trial.now))),
  ],
  ["an expired credential is denied", async (trial) => denies(trial, trial.vectors.expired)],
  ["a credential before its time is denied", async (trial) => denies(trial, trial.vectors.notYetValid)],
  [
    "everything else that is to be refused is denied",
    async (trial) => deniesAll(trial, (await trial.vectors.refused?.(somebody(trial), trial.now)) ?? []),
  ],
  [
    "a failure inside denies: it says null or rejects, and lets nobody in",
    async ({ provider }) => {
      const headers = new Proxy<Record<string, string>>(
        {},
        {
          get() {
            throw new Error("made to fail");
          },
        },
      );
      return (await provider.authenticate(requestWith(headers)).catch(() => null)) === null;
    },
  ],
];

/** Twice each: a denial that depends on anything but the credential would be a way in. */
async function deniesAll({ provider }: Trial, credentials: readonly Headers[]): Promise<boolean> {
  for (const headers of [...credentials, ...credentials]) {
    if ((await provider.authenticate(requestWith(headers))) !== null) return false;
  }
  return true;
}

async function denies(trial: Trial, make: AuthVectors["expired"]): Promise<boolean> {
  return make === undefined || deniesAll(trial, [await make.call(trial.vectors, somebody(trial), trial.now)]);
}

type Headers = AuthenticationRequest["headers"];

function* changes(value: string): Generator<string | readonly string[]> {
  yield value.slice(0, -1);
  yield value.slice(0, Math.ceil(value.length / 2));
  yield value.slice(1);
  yield `${value}A`;
  yield `${value}, ${value}`;
  yield `${value} ${value}`;
  yield `Basic ${value}`;
  yield value.split("").reverse().join("");
  yield [value, value];
  yield "\u0000";
  yield "x".repeat(100_000);
}

function malformed(valid: CredentialHeaders): readonly Headers[] {
  const changed = Object.entries(valid).flatMap(([name, value]) =>
    [...changes(value)].map((odd): Headers => ({ ...valid, [name]: odd })),
  );
  const elsewhere = Object.entries(valid).map(([name, value]): Headers => ({ [`x-not-${name}`]: value }));
  return [...changed, ...elsewhere];
}

async function accepted({ provider, vectors, now }: Trial, person: MadeUpSubject): Promise<Identity | null> {
  return provider.authenticate(requestWith(await vectors.valid(person, now)));
}

/** The text itself, and what anybody could read it from without a key. */
function readableForms(text: string): string[] {
  const bytes = Buffer.from(text);
  return [text, encodeURIComponent(text), bytes.toString("base64"), bytes.toString("base64url"), bytes.toString("hex")];
}

function somebody({ vectors }: Trial): MadeUpSubject {
  const word = crypto.randomUUID();
  const issuer = vectors.issuer ?? `https://${word.slice(0, 8)}.issuer.example`;
  return { subject: `subject-${word}@example.com`, issuer };
}

function requestWith(headers: Headers): AuthenticationRequest {
  return { method: "POST", headers, remoteAddress: "192.0.2.1" };
}
