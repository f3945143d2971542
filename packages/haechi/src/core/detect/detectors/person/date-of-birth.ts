import type { Detector } from "../../detector.ts";
import { isWrittenDate, WRITTEN_DATE } from "../../numbering/written-date.ts";
import { unlessBehind } from "../../surroundings/behind-name.ts";

const NAMES = [
  ..."date of birth,date_of_birth,date-of-birth,dateofbirth,birth date,birth_date,birthdate,birthdates,birthday,birthdays,birth day,bday".split(
    ",",
  ),
  ..."d.o.b,d_o_b,dob,dobs,birth_dt,birth,born,geb.-dat,geb-dat,geb_dat,gebdat,geb.dat,geb,geburtsdatum,geburtstag,geboren,fecha de nacimiento,fecha_nacimiento,fecha nac,fec. nac,f. nac,nacimiento,nacido,nacida".split(
    ",",
  ),
  ..."date de naissance,date_naissance,née,né,data di nascita,data_nascita,nato,nata,data de nascimento".split(","),
  ..."data_nascimento,nascido,nascida,geboortedatum,fødselsdato,födelsedatum,syntymäaika,data urodzenia".split(","),
  ..."datum narození,születési dátum,doğum tarihi,дата рождения,дата народження,родился,родилась".split(","),
  ..."ημερομηνία γέννησης,ngày sinh,tanggal lahir,วันเกิด,जन्म तिथि,जन्मतिथि,تاريخ الميلاد,תאריך לידה".split(","),
  ..."생년월일,생일,출생일,출생,생년,生年月日,誕生日,出生日期,出生年月日,生日".split(","),
];

// No letter of Europe stands before a name, unless capitals mark it off.
const BEGINS = "(?:(?<![a-zà-ÿ])|(?-i:(?<=[a-z])(?=[A-Z])))";
// Between the name and the day: the rest of a key, the format in parentheses, the
// place of birth, a sign or a word.
const REST =
  "[_-]?\\d?\\.?\\\\{0,3}[\"'`]?\\]?(?: ?\\([^()\\n]{1,24}\\))?(?: in [a-z][a-z ,.-]{1,28}[a-z]| on file)?(?:\\*{1,2}|</[a-z]{1,6}>)?";
const SIGN =
  "(?:[ \\t]{0,3}(?:[:=：>|(\\[#]|=>|->|→|\\.{2,24}|- |– |は|为|為|là|은|는|\\??\\n(?:[AR]: )?)\\*{0,2}[ \\t]{0,4}|[ \\t,]{1,2}(?:(?:is|was|on|am|ist|war|le|el|il|em|op|the|est|es|è|é|är|er|to|jest|den|:|=)[:=]?[ \\t]){0,2}| {0,4}<(?:td|dd)>| value=)\\[?";

// A day right behind what calls it the day of a birth.
export const dateOfBirth: Detector = {
  id: "date-of-birth",
  entityType: "date_of_birth",
  confidence: 0.85,
  // The longest month stands before the day and the year, or a day of one digit before the month.
  anchor: { kind: "digits", run: 2, lead: 20 },
  pattern: new RegExp(`(?<![\\d.])(?<value>${WRITTEN_DATE})(?!\\d)`, "i"),
  accepts: (match) => /^.{0,20}\d\d/.test(match) && isWrittenDate(match),
  context: {
    requires: NAMES,
    rejects: unlessBehind(
      `${BEGINS}(?:${NAMES.map((name) => name.replaceAll(".", "\\.")).join("|")})${REST}${SIGN}\\\\{0,3}["'\`]?`,
    ),
    reach: 80,
  },
  samples: {
    finds: [
      { text: "DOB: 01/31/1990", match: "01/31/1990", why: "the usual abbreviation" },
      { text: "Date of Birth (DD/MM/YYYY): 31/01/1990", match: "31/01/1990", why: "the format in parentheses" },
      { text: '{"birthDate": "1990-01-31T00:00:00Z"}', match: "1990-01-31", why: "a member of JSON, with a time" },
      { text: "user_birthday=19900131", match: "19900131", why: "digits alone" },
      { text: "He was born on 5 May 1980.", match: "5 May 1980", why: "a sentence" },
      { text: "born in New York on May 5th, 1980", match: "May 5th, 1980", why: "the place of birth between" },
      { text: "생년월일: 1990년 1월 31일", match: "1990년 1월 31일", why: "Korean" },
      { text: "생년월일 900131", match: "900131", why: "six digits" },
      { text: "生年月日：平成2年1月31日", match: "平成2年1月31日", why: "a Japanese era" },
      { text: "geboren am 3. März 1985", match: "3. März 1985", why: "German" },
      { text: "née le 14 juillet 1989", match: "14 juillet 1989", why: "French" },
      { text: "Fecha de nacimiento: 5 de mayo de 1990", match: "5 de mayo de 1990", why: "Spanish" },
      { text: "- **geb.:** 1990-01-31", match: "1990-01-31", why: "a list in Markdown, abbreviated German" },
      { text: "생년월일: 90.01.31", match: "90.01.31", why: "two digits of the year, Korean" },
      { text: "生年月日：S55.5.12", match: "S55.5.12", why: "the letter of a Japanese era" },
      { text: '<input name="birthDate" value="August 13, 1976">', match: "August 13, 1976", why: "an input of HTML" },
      { text: '{"birthdays": ["1990-01-31"]}', match: "1990-01-31", why: "a list" },
      { text: "Geb.-Dat.: 31.01.1990", match: "31.01.1990", why: "a German abbreviation" },
      { text: "Födelsedatum är 31.01.1990", match: "31.01.1990", why: "a Swedish sentence" },
      { text: "born on the 12th of March, 1985", match: "the 12th of March, 1985".slice(4), why: "an ordinal" },
      { text: "nata il 12 marzo 1985", match: "12 marzo 1985", why: "Italian" },
      { text: "生日为1990年1月31日", match: "1990年1月31日", why: "a Chinese sentence" },
      { text: "DOB -> 1990-01-31", match: "1990-01-31", why: "an arrow" },
      { text: "Data urodzenia ........ 31.01.1990", match: "31.01.1990", why: "a row of points" },
      { text: "<dob>1990.01.31</dob>", match: "1990.01.31", why: "XML" },
    ],
    ignores: [
      { text: "updated 1990-01-31", why: "another day" },
      { text: "DOB: 1990-02-30", why: "no such day" },
      { text: "birthday party on the 3rd", why: "no date" },
      { text: "adobe 2024-01-31", why: "a piece of a word" },
    ],
  },
};
