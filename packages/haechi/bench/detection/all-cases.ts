import { fileURLToPath } from "node:url";
import type { EntityType } from "../../src/core/detect/entity-type.ts";
import { loadCorpus } from "../../src/testing/corpus.ts";
import { disguisedCases } from "./disguises.ts";
import { contact } from "./families/contact.ts";
import { credentialCases } from "./families/credential-cases.ts";
import { credentialFormCases } from "./families/credential-forms.ts";
import { documents } from "./families/documents.ts";
import { finance } from "./families/finance.ts";
import { hardNegatives } from "./families/hard-negatives.ts";
import { americanAndAfricanIds } from "./families/ids-americas-africa.ts";
import { asianAndPacificIds } from "./families/ids-asia-pacific.ts";
import { europeanIds } from "./families/ids-europe.ts";
import { injectionCases } from "./families/injection-cases.ts";
import { mixedDocuments } from "./families/mixed-documents.ts";
import { network } from "./families/network.ts";
import { person } from "./families/person.ts";
import { familyCases } from "./family.ts";
import type { LabelledCase } from "./labelled-case.ts";
import { made } from "./random-text.ts";

/** All cases, made and written ones; the same in every run. */
export async function allCases(): Promise<LabelledCase[]> {
  const families = [
    ...asianAndPacificIds,
    ...europeanIds,
    ...americanAndAfricanIds,
    ...finance,
    ...documents,
    ...contact,
    ...network,
    ...person,
  ];
  const cases = [
    ...families.flatMap(familyCases),
    ...credentialCases(),
    ...credentialFormCases(),
    ...injectionCases(),
    ...hardNegatives(),
    ...mixedDocuments(families, made),
    ...(await writtenCases()),
  ];
  return [...cases, ...disguisedCases(cases)];
}

/** The lines of corpus/ as cases. */
export async function writtenCases(): Promise<LabelledCase[]> {
  const corpus = await loadCorpus(fileURLToPath(new URL("../../../../corpus/detection", import.meta.url)));
  return corpus.map(({ entityType, text, expect, also, direction, why }) => ({
    text,
    gold: expect.map((span) => ({ type: entityType as EntityType, ...span })),
    also: also as EntityType[],
    tier: "core",
    group: `written: ${why}`,
    direction,
  }));
}
