import * as z from "zod/mini";
import { key, keysOf } from "../key.ts";
import { type ConfigProblem, isRecord, type RawConfig } from "../problem.ts";
import { filePath, oneOf, textMatching } from "../value-kinds.ts";

/** Where the key of a provider lies. The key itself is never part of the configuration. */
export type ProviderKeyPlace = { readonly keyEnv: string } | { readonly keyFile: string };

/** Headers in which providers take their keys. */
export const KEY_HEADERS = ["authorization", "x-api-key", "x-goog-api-key", "api-key"] as const;

export type KeyHeader = (typeof KEY_HEADERS)[number];

export const targetAuth = z.pipe(
  keysOf({
    keyEnv: key(
      "Environment variable that holds the key; read at start.",
      textMatching(/^[A-Za-z_][A-Za-z0-9_]*$/, "the name of an environment variable"),
    ),
    keyFile: key(
      "File that holds the key and nothing else; a new key in it is used from the next request on.",
      filePath,
    ),
    header: key(
      "The header that the key is sent in, `authorization` with the scheme Bearer. Left out, the one that the wire format uses.",
      oneOf(KEY_HEADERS),
    ),
  }).check(
    z.meta({
      oneOf: [
        { required: ["keyEnv"], properties: { keyFile: false } },
        { required: ["keyFile"], properties: { keyEnv: false } },
      ],
    }),
  ),
  // targetAuthProblems refuses every other combination before a configuration is handed out.
  z.transform((given) => given as ProviderKeyPlace & { readonly header?: KeyHeader }),
);

/** The key lies in one place. */
export function targetAuthProblems({ target }: RawConfig): readonly ConfigProblem[] {
  if (!isRecord(target)) return [];
  const upstreams: readonly unknown[] = Array.isArray(target.upstreams) ? target.upstreams : [];
  return [
    ...problemsAt("target.auth", target.auth),
    ...upstreams.flatMap((one, at) => (isRecord(one) ? problemsAt(`target.upstreams[${at}].auth`, one.auth) : [])),
  ];
}

function problemsAt(path: string, auth: unknown): readonly ConfigProblem[] {
  if (!isRecord(auth) || (auth.keyEnv === undefined) !== (auth.keyFile === undefined)) return [];
  return [{ path, message: "expected either keyEnv or keyFile" }];
}
