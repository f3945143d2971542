import type { Detector } from "../../detector.ts";
import { isWrittenDate, WRITTEN_DATE } from "../../numbering/written-date.ts";
import { labelWords } from "../../surroundings/label-words.ts";

// A day near what calls it the day of a birth: in the header of its column,
// or behind it.
export const dateCalledBirth: Detector = {
  id: "date-called-birth",
  entityType: "date_of_birth",
  confidence: 0.7,
  anchor: { kind: "digits", run: 2, lead: 20 },
  // A time behind it, as in logs and records, makes it another day.
  pattern: new RegExp(`(?<![\\w.-])(?<value>${WRITTEN_DATE})(?:(?![\\w.: -])|[ ](?!\\d)|\\.(?!\\d))`, "i"),
  accepts: (match) => /^.{0,20}\d\d/.test(match) && !/^(?:\d{6}|[a-z]\d.*)$/i.test(match) && isWrittenDate(match),
  context: {
    requires: labelWords(
      "date of birth,dob,d.o.b.,birth date,birthdate,birthday,date birth,birth dt,geburtsdatum,geburtstag,date naissance,date de naissance,fecha nacimiento,fecha de nacimiento,data nascita,data di nascita,data nascimento,data de nascimento,geboortedatum,födelsedatum,fødselsdato,data urodzenia,doğum tarihi,생년월일,生年月日,出生日期,дата рождения",
    ),
    rejects: inAnotherColumn,
    reach: 32,
  },
  samples: {
    finds: [
      { text: "1990-01-31 is my date of birth", match: "1990-01-31", why: "the label behind it" },
      { text: "id,birth_date\n1,1990-01-31\n", match: "1990-01-31", why: "a column" },
      { text: 'id,birthday\n1,"May 5, 1980"\n', match: "May 5, 1980", why: "a column of days in words" },
      { text: "id,created,dob,n\n17,2024-03-05,10 January 1969,4\n", match: "10 January 1969", why: "one of two days" },
      { text: "INSERT INTO people (id, dob) VALUES (17, '19480805')", match: "19480805", why: "SQL" },
      { text: "31.01.1990 (Geburtsdatum)", match: "31.01.1990", why: "German" },
    ],
    ignores: [
      { text: "released 1990-01-31", why: "another day" },
      { text: "birthday job ran at 2024-01-31 10:22:33", why: "a time" },
      { text: "id,created,dob,n\n17,2024-03-05,,4\n", why: "another column" },
      { text: "dob 1990-02-31", why: "no such day" },
    ],
  },
};

/** In the first row of a table, and not below what is called a birth: other cells follow than in the header. */
function inAnotherColumn(before: string, after: string): boolean {
  const header = /(?:birth|dob|bday|geburt|naiss|nacim|nascit|nascim|생년월일|生日|生年月日)([^\n]*)\n[^\n]*$/i.exec(
    before,
  );
  const delimiter = /[,;|\t]/.exec(before)?.[0];
  if (header === null || delimiter === undefined || !after.includes("\n")) return false;
  const cellsBehind = (line = "") => line.split(delimiter).length;
  return cellsBehind(header[1]) !== cellsBehind(after.split("\n")[0]);
}
