import type { Detector } from "../../detector.ts";

// Keys of Azure services that carry a mark of the service near their end, as Microsoft
// issues them since 2021: storage (`+ASt`), Cosmos DB (`ACDb`), Batch (`+ABa`), Machine
// Learning (`+AMC`), API Management (`APIM`), Service Bus (`+ASb`), Event Hubs (`+AEh`),
// Relay (`+ARm`), IoT (`AIoT`), Container Registry (`+ACR`), Cognitive Search (`AzSe`),
// Cache for Redis (`AzCa`), Functions (`AzFu`), DevOps (`AZDO`), AI services (`AAAB…`).
const BASE64 = "[A-Za-z\\d+/]";
const KEYS = [
  `${BASE64}{76}(?:APIM|ACDb|[+](?:ABa|AMC|ASt))${BASE64}{5}[AQgw]==`,
  `${BASE64}{33}(?:AIoT|[+](?:ASb|AEh|ARm))[A-P]${BASE64}{5}=`,
  `${BASE64}{42}[+]ACR[A-D]${BASE64}{5}`,
  "[A-Za-z\\d]{42}AzSe[A-D][A-Za-z\\d]{5}",
  "[A-Za-z\\d]{33}AzCa[A-P][A-Za-z\\d]{5}=",
  "[\\w-]{44}AzFu[\\w-]{5}[AQgw]==",
  "[A-Za-z\\d]{76}AZDO[A-Za-z\\d]{4}",
];

export const azureKey: Detector = {
  id: "azure-key",
  entityType: "secret",
  confidence: 0.98,
  anchor: {
    kind: "literal",
    literals: [
      "APIM",
      "ACDb",
      "+ABa",
      "+AMC",
      "+ASt",
      "AIoT",
      "+ASb",
      "+AEh",
      "+ARm",
      "+ACR",
      "AzSe",
      "AzCa",
      "AzFu",
      "AZDO",
    ],
    lead: 76,
  },
  pattern: new RegExp(`(?<![\\w+/=-])(?:${KEYS.join("|")})(?![\\w+/=-])`),
  samples: {
    finds: [
      { text: `${"aB3+".repeat(19)}+ASt${"aB3d5"}A==`, why: "storage" },
      { text: `${"aB3d".repeat(8)}a+ASbA${"aB3d5"}=`, why: "Service Bus" },
      { text: `${"aB3d".repeat(10)}aBAzSeA${"aB3d5"}`, why: "Cognitive Search" },
      { text: `${"aB3d".repeat(19)}AZDO${"aB3d"}`, why: "a token of DevOps" },
    ],
    ignores: [{ text: `${"aB3d".repeat(19)}ASt${"aB3d5"}A==`, why: "no mark" }],
  },
};
