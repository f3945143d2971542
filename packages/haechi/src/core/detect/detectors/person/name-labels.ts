import { spellings } from "../../surroundings/spellings.ts";

const LABELS = [
  ..."first,last,full,middle,given,family,patient,customer,client,employee,cardholder,recipient,legal,maiden,beneficiary,passenger,tenant"
    .split(",")
    .map((whose) => `${whose} name`),
  ..."full,patient,customer,employee,cardholder".split(",").map((whose) => `${whose} names`),
  ..."contact person,emergency contact,next of kin,first and last name,policyholder,policy holder,account owner,surname,fname,lname,cardholder,account holder,name on card,patient,passenger".split(
    ",",
  ),
  ..."kundenname,ansprechpartner,ansprechpartnerin,vor- und nachname,vor- und zuname,kontoinhaber,kontoinhaberin,karteninhaber,geburtsname,patientin,vorname,nachname,familienname".split(
    ",",
  ),
  ..."nom et prénom,nom de famille,nom complet,prénom,nom du patient,titulaire du compte,titulaire de la carte".split(
    ",",
  ),
  ..."nombre y apellidos,nombre completo,nombre del paciente,titular de la cuenta,apellido,apellidos".split(","),
  ..."nome e cognome,cognome e nome,intestatario,cognome,nome completo,nome do titular,titular da conta,sobrenome".split(
    ",",
  ),
  ..."achternaam,voornaam,rekeninghouder,imię i nazwisko,nazwisko,efternamn,förnamn,etternavn,fornavn".split(","),
  ..."adı soyadı,soyadı,фамилия,фио".split(","),
];

/** What is used of people only, in the spellings of labels, keys and columns. */
export const NAME_LABELS: readonly string[] = LABELS.flatMap(spellings);

/** Source of a pattern for a call or a comparison in code, between a name and the literal that is given to it. */
export const CALLED_WITH = "\\)?(?:\\.to(?:Be|Equal))?\\([\"'`]";

/** Source of a pattern for what stands in records and in questions between a label and the answer. */
export const ANSWERED = "(?: on file: |\\?\\nA: )";
