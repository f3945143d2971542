/** True when the first word of a name is one of the given names that are most common in the world. */
export function beginsWithGivenName(text: string): boolean {
  const first = (/^[\p{L}]+/u.exec(text)?.[0] ?? "").toLowerCase();
  return GIVEN_NAMES.has(first) || GIVEN_NAMES.has(first.normalize("NFD").replace(/\p{M}/gu, ""));
}

const GIVEN_NAMES: ReadonlySet<string> = new Set(
  // English-speaking countries.
  (
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony donald steven " +
    "paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan " +
    "stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry tyler aaron " +
    "jose adam nathan henry douglas zachary peter kyle walter ethan jeremy harold keith christian roger noah gerald carl terry " +
    "sean austin arthur lawrence jesse dylan bryan joe jordan billy bruce albert willie gabriel logan alan juan wayne roy " +
    "ralph randy eugene vincent russell elijah louis bobby philip johnny oliver liam mason lucas theodore owen wyatt luke " +
    "isaac caleb connor harry simon graham nigel ian neil colin stuart craig bob jim mike tom dave steve dan matt chris alex " +
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly " +
    "emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela " +
    "shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet catherine maria " +
    "heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl " +
    "hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail alice julia judy sophia grace " +
    "denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie kayla alexis lori " +
    "jane lucy zoe chloe ella mia ava amelia harper fiona claire kate katie jenny sally wendy tina bella ellen rose sue " +
    // German, Dutch and Nordic.
    "hans peter klaus jürgen wolfgang günter gunter dieter manfred uwe bernd stefan andreas markus tobias sebastian florian jan " +
    "lukas felix maximilian jonas leon max erika ursula monika petra sabine renate helga karin brigitte ingrid gisela claudia " +
    "susanne birgit heike katrin anja lena leonie jörg heinz karl otto fritz johannes pieter kees willem anouk sanne daan lars " +
    "sven nils erik anders johan karin astrid ingrid bjorn björn magnus mikael henrik jens niels mette søren pekka jukka matti " +
    // French, Spanish, Portuguese, Italian.
    "jean pierre michel philippe alain patrick nicolas christophe françois francois laurent frédéric julien olivier thierry " +
    "pascal antoine camille léa chloé manon sophie isabelle nathalie sylvie catherine françoise hélène céline aurélie élodie " +
    "antonio josé manuel francisco javier carlos luis miguel ángel angel pedro alejandro fernando pablo sergio jorge alberto " +
    "diego ramón raúl rafael enrique carmen josefa isabel dolores pilar cristina marta lucía lucia paula elena rosa raquel " +
    "joão joao pedro paulo lucas mateus ana beatriz juliana fernanda mariana camila larissa rodrigo bruno thiago marcelo luiz " +
    "mario giuseppe giovanni luigi roberto marco andrea francesco alessandro lorenzo matteo davide luca paolo stefano giorgio " +
    "giulia chiara francesca alessia martina federica valentina silvia elisa sofia aurora ginevra " +
    // Slavic, Greek, Turkish, Hungarian, Romanian.
    "ivan dmitry dmitri sergey sergei alexei aleksandr vladimir mikhail nikolai andrei andrey yuri boris igor oleg pavel olga " +
    "natalia tatiana irina elena svetlana ekaterina anastasia marina piotr krzysztof andrzej tomasz jan paweł marcin michał " +
    "katarzyna małgorzata agnieszka barbara ewa krystyna magdalena joanna jiří petr tomáš martin václav jana lenka zoltán " +
    "istván lászló gábor mihai ion andrei georgios dimitris nikos yannis eleni mehmet mustafa ahmet ali hüseyin hasan ayşe " +
    "fatma emine zeynep elif emre murat " +
    // Arabic, South and East Asian in Latin script.
    "mohammed muhammad mohamed mohammad ahmed omar hassan hussein yusuf ibrahim khalid abdullah fatima aisha maryam zainab " +
    "layla noor raj rahul amit sanjay vijay anil sunil rajesh suresh ramesh arjun rohan aditya karan priya anita sunita neha " +
    "pooja kavita deepika anjali lakshmi ravi kumar arun vikram wei li ming jun hui jing xiao yan fang min hiroshi " +
    "takashi kenji akira yuki haruka sakura naoko taro hanako kenta yuto minjun jiho seojun minsu jihoon younghee chulsoo " +
    "gildong nguyen minh anh linh tuan siti nur putri dewi budi agus"
  ).split(" "),
);
