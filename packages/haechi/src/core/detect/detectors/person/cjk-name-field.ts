import type { Detector } from "../../detector.ts";
import { LABEL_JOINT, LABEL_JOINT_LENGTH } from "../../surroundings/label-joint.ts";
import { spellings } from "../../surroundings/spellings.ts";
import { ANSWERED, CALLED_WITH } from "./name-labels.ts";

const LABELS =
  "氏名,お名前,名前,患者名,担当者,契約者,申込者,姓名,名字,联系人,聯絡人,收件人,收货人,持卡人,开户人,户名,口座名義,口座名義人,患者姓名,客户姓名,私の名前は,我叫,我是,我的名字是,我的名字叫,名字叫,名字是".split(
    ",",
  );
// Keys in English that are used of people only.
const KEYS = "full name,customer name,patient name,employee name,recipient name,cardholder name,contact name"
  .split(",")
  .flatMap(spellings);
const NAMES = [...LABELS, ...KEYS];
// The hundred surnames that most people in China have, in both spellings.
const CHINESE_SURNAME =
  "(?:欧阳|司马|上官|诸葛|歐陽|司馬|諸葛|[王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文])";

// Chinese names by their surname; Japanese ones of four to six characters, a blank
// between family and given name or none.
const NAME = `(?:${CHINESE_SURNAME}[\\u4e00-\\u9fff]{1,2}|[\\u4e00-\\u9fff]{1,3}[ 　][\\u4e00-\\u9fff\\u3041-\\u3096]{1,4}?|[\\u4e00-\\u9fff]{4}|[ァ-ヶー]{2,6}[ 　][ァ-ヶー]{2,6})`;

// A name in Chinese characters or kana right behind what calls it one.
export const cjkNameField: Detector = {
  id: "cjk-name-field",
  entityType: "person_name",
  confidence: 0.7,
  anchor: { kind: "keyed", names: NAMES, reach: LABEL_JOINT_LENGTH, memberValue: new RegExp(NAME) },
  pattern: new RegExp(
    `(?:${NAMES.join("|")})(?:${LABEL_JOINT}|${ANSWERED}|${CALLED_WITH}|(?<=叫|是|は) {0,1}| is |\\n)(?<value>${NAME})(?:様|殿|さん|です|でござ|といい|と申|(?![\\u4e00-\\u9fff\\u3041-\\u3096]))`,
  ),
  samples: {
    finds: [
      { text: "氏名：山田太郎", match: "山田太郎", why: "Japanese" },
      { text: "お名前: 山田 太郎様", match: "山田 太郎", why: "a blank between" },
      { text: "私の名前は佐藤花子です", match: "佐藤花子", why: "a Japanese sentence" },
      { text: "我的名字是陈思远。", match: "陈思远", why: "a Chinese sentence" },
      { text: "| 姓名 | 陈思远 |", match: "陈思远", why: "a row of a table" },
      { text: '"customerName": "王小明"', match: "王小明", why: "a key in English" },
      { text: "[氏名] 山田太郎", match: "山田太郎", why: "in brackets" },
      { text: "姓名：张三，电话", match: "张三", why: "Chinese" },
    ],
    ignores: [
      { text: "姓名：必填", why: "a note on a form" },
      { text: "名前: ファイル", why: "a file" },
    ],
  },
};
