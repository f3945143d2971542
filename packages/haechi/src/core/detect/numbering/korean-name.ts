/** The surnames of nearly all Koreans (Statistics Korea, census of 2015). */
export const KOREAN_SURNAME =
  "(?:남궁|황보|제갈|사공|선우|독고|[김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹모탁국어은편용])";

/** Source of a pattern for a surname and a given name of one or two syllables. */
export const KOREAN_NAME = `${KOREAN_SURNAME}[가-힣]{1,2}`;

/** False for common words that look like a surname with a given name. */
export function isLikelyKoreanName(text: string): boolean {
  return !NOUNS.has(text.slice(0, 3)) && !NOUNS.has(text.slice(0, 2));
}

/** True when the two syllables behind the surname are usual in given names. */
export function hasGivenNameSyllables(text: string): boolean {
  return (
    [...text.slice(-2)].every((syllable) => SYLLABLES.has(syllable)) && !NOUNS.has(text) && isLikelyKoreanName(text)
  );
}

/** Syllables that are usual in given names. */
export const GIVEN_NAME_SYLLABLES =
  "가건경광교규근금기길나남다덕도동라란래련례로린림만명모무문미민범병보복봉빈상서석선설성소솔수숙순슬승시신아안애연열영예오옥온완용우욱운웅원월유윤율은을의이인일임자재정제조종주준중지진찬창채천철청초춘치태택하한해향헌혁현형혜호홍화환효훈휘희";

const SYLLABLES = new Set(GIVEN_NAME_SYLLABLES);

const NOUNS = new Set(
  (
    "고객 선생 기사 손님 형님 하느 하나 주인 공주 도련 신부 이웃 원장 소장 국장 이사 조교 선배 사장 부장 차장 과장 이용자 구매자 " +
    "신청자 주문자 방문자 지원자 조회자 임차인 임대인 전문가 안내 정보 주소 이름 성명 필수 선택 없음 미정 이메 전화 설명 문자 유형 " +
    "변수 함수 이하 이상 지정 설정 명칭 기본 정의 표시 사용 입력 출력 파일 서버 서비 장치 인터 프로 시스 한글 영문 국문 원본 이미지 이모지 주소지 이유 정상 정원 안경 공유 공지"
  ).split(" "),
);
