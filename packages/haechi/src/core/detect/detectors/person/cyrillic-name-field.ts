import type { Detector } from "../../detector.ts";
import { LABEL_JOINT, LABEL_JOINT_LENGTH } from "../../surroundings/label-joint.ts";
import { spellings } from "../../surroundings/spellings.ts";
import { NAME_LABELS } from "./name-labels.ts";

const LABELS =
  "фио,имя,отчество,имя и фамилия,фамилия и имя,фамилия имя отчество,клиент,пациент,сотрудник,получатель,заявитель,контактное лицо,піб,прізвище,ім'я,пацієнт".split(
    ",",
  );
const NAMES = [...NAME_LABELS, ...LABELS.flatMap(spellings)];
const PART = "(?:[А-ЯЁІЇЄҐ][а-яёіїєґ]{1,20}(?:-[А-ЯЁІЇЄҐ][а-яёіїєґ]{1,20})?|[А-ЯЁІЇЄҐ]\\.)";

const FAMILY_NAME = "[А-ЯЁІЇЄҐ][а-яёіїєґ]{2,20}(?:ов|ова|ев|ева|ин|ина|ский|ская|енко|ич|вна)";
const NAME = `(?:${PART}(?: ?${PART}){1,2}|${FAMILY_NAME})`;

// A name in Cyrillic letters right behind a label or key that is used of people only.
export const cyrillicNameField: Detector = {
  id: "cyrillic-name-field",
  entityType: "person_name",
  confidence: 0.7,
  anchor: { kind: "keyed", names: NAMES, reach: LABEL_JOINT_LENGTH, memberValue: new RegExp(NAME) },
  pattern: new RegExp(
    `(?:(?<![A-Za-zА-яёЁ])|(?<=[a-z])(?=[A-Z]))(?:${NAMES.join("|")})${LABEL_JOINT}(?<value>${NAME})(?![А-яёЁіїєґ\\w(-])`,
  ),
  samples: {
    finds: [
      { text: "ФИО: Иванов Иван Иванович", match: "Иванов Иван Иванович", why: "all three names" },
      { text: "Фамилия: Петренко", match: "Петренко", why: "a family name by its ending" },
      { text: '{"full_name": "Мария Сидорова"}', match: "Мария Сидорова", why: "a key in English" },
      { text: "Пациент: Петров И. С.", match: "Петров И. С.", why: "initials" },
    ],
    ignores: [
      { text: "Имя: файла", why: "a common noun" },
      { text: "Имя: Обязательно", why: "a note on a form" },
      { text: "Москва: Иванов Иван", why: "no label" },
    ],
  },
};
