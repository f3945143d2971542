import { HaechiError, isHaechiError } from "../core/errors.ts";

/** One thing that is wrong with a configuration. It says what was expected and never what was found. */
export interface ConfigProblem {
  /** The key, such as `policy.actions.card`, or the environment variable. */
  readonly path: string;
  readonly message: string;
}

/** A configuration as written: nothing about it is checked yet. */
export type RawConfig = Readonly<Record<string, unknown>>;

/** An error whose message lists every problem, one a line. */
export function configInvalid(origin: string, problems: readonly ConfigProblem[]): HaechiError {
  const lines = problems.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  return new HaechiError("CONFIG_INVALID", [`${origin} is not valid`, ...lines].join("\n"), { cause: problems });
}

/** The problems behind an error of `configInvalid`; none for any other error. */
export function configProblems(error: unknown): readonly ConfigProblem[] {
  return isHaechiError(error, "CONFIG_INVALID") && Array.isArray(error.cause) ? error.cause : [];
}

/** The written form of a path. A name that does not look like a key is counted, not shown: it may be a misplaced secret. */
export function pathOf(segments: readonly PropertyKey[]): string {
  return segments.map(writeSegment).join("").replace(/^\./, "");
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function writeSegment(segment: PropertyKey): string {
  if (typeof segment === "number") return `[${segment}]`;
  const name = String(segment);
  return /^[A-Za-z_$*][\w$*=:./ -]{0,31}$/.test(name) ? `.${name}` : `.<a name of ${name.length} characters>`;
}
