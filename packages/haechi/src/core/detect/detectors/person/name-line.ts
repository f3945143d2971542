import type { Detector } from "../../detector.ts";
import { beginsWithGivenName } from "../../numbering/given-names.ts";
import { FULL_NAME, isLikelyName } from "../../numbering/latin-name.ts";
import { LABEL_JOINT, LABEL_JOINT_LENGTH } from "../../surroundings/label-joint.ts";
import { spellings } from "../../surroundings/spellings.ts";
import { ANSWERED, CALLED_WITH } from "./name-labels.ts";

const LABELS =
  "name,nom,nombre,nome,naam,namn,navn,imię,customer,client,employee,applicant,recipient,student,contact,attn,attention,beneficiary,signed,kunde,kundin,이름,성명,고객명,환자명,氏名,お名前,名前,姓名,имя,фио,ad soyad".split(
    ",",
  );
const NAMES = LABELS.flatMap(spellings);
const WORDS = "customer,client,patient,employee,student".split(",").flatMap(spellings);
const INTRODUCTIONS = ["I am", "I'm", "This is", "this is", "Ich bin", "ich bin", "Soy", "soy", "Je suis", "je suis"];

// A common given name and a family name behind a label that names much else too.
export const nameLine: Detector = {
  id: "name-line",
  entityType: "person_name",
  confidence: 0.65,
  anchor: {
    kind: "keyed",
    names: [...NAMES, ...[...WORDS, ...INTRODUCTIONS].map((word) => `${word} `)],
    reach: LABEL_JOINT_LENGTH,
    memberValue: new RegExp(FULL_NAME),
  },
  pattern: new RegExp(
    `(?:(?<![A-Za-z.-])|(?<=[a-z])(?=[A-Z]))(?:(?:${NAMES.join("|")})(?:${LABEL_JOINT}|${ANSWERED}|${CALLED_WITH}| is |\\n)|(?:${[...WORDS, ...INTRODUCTIONS].join("|")}) )(?<value>${FULL_NAME})(?![\\w(:/\\\\-])`,
  ),
  // Authors of published work are named to be known.
  context: {
    forbids: ["author", "authors", "contributors", "maintainer", "maintainers", "copyright"],
    rejects: (_, after) => /git(?:hub|lab)|"url"/i.test(after),
    reach: 60,
  },
  accepts: (match) => beginsWithGivenName(match) && isLikelyName(match),
  samples: {
    finds: [
      { text: "Name: Jane Doe", match: "Jane Doe", why: "a label" },
      { text: '{"name": "John Q. Smith"}', match: "John Q. Smith", why: "a member of JSON in a text" },
      { text: 'person.setName("Thomas Wright")', match: "Thomas Wright", why: "a call" },
      { text: "customer John Smith called", match: "John Smith", why: "a report" },
      { text: "- **Name:** Jane Doe", match: "Jane Doe", why: "a list in Markdown" },
      { text: "이름: John Smith", match: "John Smith", why: "a Korean label" },
      { text: "Hi, I'm Jane Doe.", match: "Jane Doe", why: "an introduction" },
      { text: "my name is Maria van der Berg", match: "Maria van der Berg", why: "a sentence" },
    ],
    ignores: [
      { text: "Name: my-app", why: "software" },
      { text: "name: Turkish Lira", why: "a currency" },
      { text: "name: Install Dependencies", why: "a step of a workflow" },
      { text: '"author": {"name": "Jane Doe"}', why: "an author of software" },
      { text: '"name": "Jane Doe", "githubUsername": "jane"', why: "a contributor of software" },
      { text: "filename: Jane Doe", why: "a piece of a word" },
    ],
  },
};
