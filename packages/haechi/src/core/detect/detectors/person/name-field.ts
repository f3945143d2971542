import type { Detector } from "../../detector.ts";
import { ANY_NAME, isLikelyName } from "../../numbering/latin-name.ts";
import { LABEL_JOINT, LABEL_JOINT_LENGTH } from "../../surroundings/label-joint.ts";
import { CALLED_WITH, NAME_LABELS } from "./name-labels.ts";

// A name in Latin script right behind a label or key that is used of people only.
export const nameField: Detector = {
  id: "name-field",
  entityType: "person_name",
  confidence: 0.75,
  anchor: { kind: "keyed", names: NAME_LABELS, reach: LABEL_JOINT_LENGTH, memberValue: new RegExp(ANY_NAME) },
  pattern: new RegExp(
    `(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z]))(?:${NAME_LABELS.join("|")})(?:${LABEL_JOINT}|${CALLED_WITH})(?<value>${ANY_NAME})(?![\\w(:/\\\\-])`,
  ),
  accepts: isLikelyName,
  context: { rejects: (_, after) => /^ ?=|^\.[a-z]/.test(after), reach: 2 },
  samples: {
    finds: [
      { text: "Full name: Jane Doe", match: "Jane Doe", why: "a label" },
      { text: '{"first_name": "Jane", "age": 3}', match: "Jane", why: "a member of JSON in a text" },
      { text: 'lastName: "O\'Brien"', match: "O'Brien", why: "camel case, an apostrophe" },
      { text: "Patient: Maria de la Cruz, 54", match: "Maria de la Cruz", why: "a particle" },
      { text: "Nachname: Müller-Lüdenscheidt", match: "Müller-Lüdenscheidt", why: "German" },
      { text: "Nom complet (required): Camille Lefèvre", match: "Camille Lefèvre", why: "a remark on a form" },
      { text: "**Full Name** - John Smith", match: "John Smith", why: "a list in Markdown" },
      { text: "| Nombre completo | María García López |", match: "María García López", why: "a row of a table" },
      { text: "<dt>Kundenname</dt><dd>Anna Müller</dd>", match: "Anna Müller", why: "a list in HTML" },
      { text: 'form.setPatientName("Lucía Fernández")', match: "Lucía Fernández", why: "the argument of a setter" },
      { text: "Kontoinhaber: Anna Müller", match: "Anna Müller", why: "the holder of an account" },
      { text: "<surname>Smith</surname>", match: "Smith", why: "XML" },
    ],
    ignores: [
      { text: "first_name: String", why: "a type" },
      { text: "Full name: Your Name", why: "a placeholder" },
      { text: "last_name: lastName", why: "a variable" },
      { text: "customer_name = Customer.find(1)", why: "code" },
      { text: "hostname: Jane", why: "a piece of a word" },
    ],
  },
};
