import type { Detector } from "../../detector.ts";
import { spellings } from "../../surroundings/spellings.ts";

const LABELS = [
  ..."street address,home address,mailing address,billing address,shipping address,postal address,residential address".split(
    ",",
  ),
  ..."delivery address,permanent address,current address,address,address line1,address line 1,street,addr,anschrift,adresse".split(
    ",",
  ),
  ..."dirección,direccion,domicilio,indirizzo,endereço,adres,adress,osoite,адрес,adresi".split(","),
  ..."주소,배송지,거주지,자택주소,도로명주소,住所,所在地,地址,住址".split(","),
];
const NAMES = [...new Set(LABELS.flatMap(spellings))];
const VALUE = '[^\\s"\'`<>{}\\[\\]|=;@\\\\][^"`<>{}\\[\\]|=;@\\\\\\r\\n]{6,119}';

// What stands behind a label for addresses, when it has words and a house number.
export const addressField: Detector = {
  id: "address-field",
  entityType: "address",
  confidence: 0.65,
  anchor: { kind: "keyed", names: NAMES, reach: 12, memberValue: new RegExp(VALUE) },
  pattern: new RegExp(
    `(?:(?<![A-Za-z-])|(?<=[a-z])(?=[A-Z]))(?:${NAMES.join("|")})\\\\{0,3}["'\`]?(?:[ \\t]{0,2}[:：][ \\t]{0,3}|>|=)\\\\{0,3}["'\`]?(?<value>${VALUE})`,
  ),
  accepts: looksLikeAddress,
  samples: {
    finds: [
      { text: "Address: 12 Rose Lane, Bath", match: "12 Rose Lane, Bath", why: "a label" },
      {
        text: '"billingAddress": "Musterweg 4, 12345 Musterstadt"',
        match: "Musterweg 4, 12345 Musterstadt",
        why: "a member",
      },
      { text: "주소: 강남구 역삼동 123-4", match: "강남구 역삼동 123-4", why: "Korean" },
      { text: "地址：北京市海淀区中关村大街27号", match: "北京市海淀区中关村大街27号", why: "Chinese" },
    ],
    ignores: [
      { text: "address: 0x7fff5fbff8c0 in frame", why: "memory" },
      { text: "Address: 192.168.0.1 port 80", why: "a network" },
      { text: "address: http://example.com/1", why: "a URL" },
      { text: "ip-address: 12 Rose Lane", why: "another name" },
      { text: "address: the first 4 bytes", why: "a description" },
    ],
  },
};

/** Two words or more, or Chinese, Japanese or Korean, with a number of at most five digits, and nothing of software. */
function looksLikeAddress(text: string): boolean {
  if (!/(?<![\w.:])\d{1,5}(?![\d.:]|\w{3})/.test(text) || /0x|:\/\/|\d\.\d+\.\d|[()$%&*_]|::/.test(text)) return false;
  if (/[가-힣\u4e00-\u9fff]/.test(text)) return /[시군구동읍면로길리市区區县縣町村路街道号號番]/.test(text);
  return (
    /^(?:\d{1,5}[A-Za-z]?,? )?(?:[A-ZÀ-ÞА-Я][\p{L}.'’-]{1,}|ul\.|rue|C\/)/u.test(text) &&
    (text.match(/\p{Lu}\p{Ll}/gu)?.length ?? 0) >= 2
  );
}
