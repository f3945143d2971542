import type { EntityType } from "../../core/detect/entity-type.ts";
import type { ExternalDetector, ExternalSpan } from "../../ports/external-detector.ts";
import { unitsFromCodePoints } from "./code-points.ts";
import { postJson, type ServiceAddress } from "./post-json.ts";

export interface PresidioDetectorOptions extends ServiceAddress {
  readonly id: string;
  /** ISO 639-1; the analyzer must have a model for it. */
  readonly language: string;
  /** Answers below it are not asked for; 0 to 1. */
  readonly minConfidence: number;
  /** Presidio entity names to entity types, beside and before the known ones. */
  readonly entities?: Readonly<Record<string, EntityType>>;
}

/** What Presidio names as it is named here. Names that are not listed are left alone: DATE_TIME or URL mostly concern nobody. */
const ENTITY_TYPES: Readonly<Record<string, EntityType>> = {
  PERSON: "person_name",
  LOCATION: "address",
  EMAIL_ADDRESS: "email",
  PHONE_NUMBER: "phone",
  CREDIT_CARD: "card",
  IBAN_CODE: "iban",
  CRYPTO: "crypto_wallet",
  IP_ADDRESS: "ip_address",
  MAC_ADDRESS: "mac_address",
  MEDICAL_LICENSE: "health_id",
  US_SSN: "us_ssn",
  US_ITIN: "tax_id",
  US_PASSPORT: "passport",
  US_DRIVER_LICENSE: "driver_license",
  US_BANK_NUMBER: "bank_account",
  UK_NHS: "health_id",
  UK_NINO: "uk_nino",
  ES_NIF: "es_dni",
  ES_NIE: "es_dni",
  IT_FISCAL_CODE: "it_codice_fiscale",
  SG_NRIC_FIN: "sg_nric",
  IN_AADHAAR: "in_aadhaar",
  IN_PAN: "tax_id",
  KR_RRN: "kr_rrn",
};

// The analyzer takes one text, so texts go as one, with something between them that
// ends a sentence for its model.
const JOINT = "\n\n";

/** Asks the analyzer service of Microsoft Presidio (`POST …/analyze`). */
export function createPresidioDetector(options: PresidioDetectorOptions): ExternalDetector {
  const { id, language, minConfidence, entities, ...address } = options;
  const types = new Map(Object.entries({ ...ENTITY_TYPES, ...entities }));
  return {
    id,
    async detect(texts, { signal }) {
      const joined = texts.join(JOINT);
      const question = { text: joined, language, score_threshold: minConfidence };
      const answer = await postJson(address, question, signal);
      if (!Array.isArray(answer)) throw new Error("the analyzer answered without a list of entities");
      const unitOf = unitsFromCodePoints(joined);
      const spans = answer.flatMap((entity: unknown) => readEntity(entity, types, unitOf));
      return apart(spans, texts);
    },
  };
}

function readEntity(
  entity: unknown,
  types: ReadonlyMap<string, EntityType>,
  unitOf: (codePoints: number) => number | null,
): readonly ExternalSpan[] {
  const { entity_type: name, start, end, score } = (entity ?? {}) as Readonly<Record<string, unknown>>;
  const from = typeof start === "number" ? unitOf(start) : null;
  const to = typeof end === "number" ? unitOf(end) : null;
  if (typeof name !== "string" || typeof score !== "number" || from === null || to === null) {
    throw new Error("the analyzer answered with an entity without type, start, end or score");
  }
  const type = types.get(name);
  return type === undefined ? [] : [{ type, start: from, end: to, confidence: score }];
}

/** Spans of the joined text as spans of each text; one that reaches into the next text is cut at the border. */
function apart(spans: readonly ExternalSpan[], texts: readonly string[]): readonly (readonly ExternalSpan[])[] {
  let base = 0;
  return texts.map((text) => {
    const from = base;
    const to = from + text.length;
    base = to + JOINT.length;
    return spans
      .filter(({ start, end }) => start < to && end > from)
      .map((span) => ({ ...span, start: Math.max(span.start, from) - from, end: Math.min(span.end, to) - from }));
  });
}
