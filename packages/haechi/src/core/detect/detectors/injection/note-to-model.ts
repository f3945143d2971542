import type { Detector } from "../../detector.ts";
import { phraseDetectors } from "./language/language-phrases.ts";

// As `injection-note-to-model`, in other languages than English: a text headed as one for
// a model, or that speaks to the models that read it.
export const notesToModel: readonly Detector[] = phraseDetectors({
  id: "injection-note-to-model",
  confidence: 0.6,
  rows: [
    {
      language: "de",
      order: "verb-first",
      foundBy: "what",
      verbs: "hinweis, hinweise, anweisung, anweisungen, nachricht, mitteilung, notiz, achtung, auftrag, an",
      fillers: "an, für, die, den, das, alle, neue, bewertende, lesende",
      wholes:
        "ki-assistenten, ki-assistent, ki-modelle, ki-modell, sprachmodelle, sprachmodell, bewertende ki, an den assistenten",
      samples: {
        finds: [{ text: "Hinweis an KI-Assistenten", why: "a note" }],
        ignores: [{ text: "Hinweis für den Assistenten der Leitung", why: "a person" }],
      },
    },
    {
      language: "fr",
      order: "verb-first",
      foundBy: "what",
      verbs: "note, instruction, instructions, consigne, consignes, message, avis, à l'attention, attention",
      fillers: "à, aux, pour, de, des, la, le, les, l', nouvelle, destinée, toutes",
      wholes:
        "les ia, aux ia, l'ia, ia qui, assistants ia, assistant ia, modèles de langage, modèle de langage, pour l'assistant",
      samples: {
        finds: [{ text: "Consigne pour les assistants IA", why: "a note" }],
        ignores: [{ text: "Note pour la direction", why: "people" }],
      },
    },
    {
      language: "es",
      order: "verb-first",
      foundBy: "what",
      verbs: "nota, aviso, instrucción, instrucciones, mensaje, atención, orden",
      fillers: "para, a, al, la, las, el, los, nueva, de, todas",
      wholes:
        "las ia, la ia, ia que, ia evaluadora, asistentes de ia, asistente de ia, modelos de lenguaje, modelo de lenguaje, para el asistente",
      samples: {
        finds: [{ text: "Aviso para los modelos de lenguaje", why: "a note" }],
        ignores: [{ text: "Aviso para los vecinos", why: "people" }],
      },
    },
    {
      language: "pt",
      order: "verb-first",
      foundBy: "what",
      verbs: "nota, aviso, instrução, instruções, mensagem, atenção, ordem",
      fillers: "para, a, à, às, ao, o, os, as, nova, de, todas",
      wholes:
        "ias que, as ias, às ias, a ia, assistentes de ia, assistente de ia, modelos de linguagem, modelo de linguagem, para o assistente",
      samples: {
        finds: [{ text: "Aviso para os modelos de linguagem", why: "a note" }],
        ignores: [{ text: "Aviso para os vizinhos", why: "people" }],
      },
    },
    {
      language: "it",
      order: "verb-first",
      foundBy: "what",
      verbs: "nota, avviso, istruzione, istruzioni, messaggio, attenzione, ordine",
      fillers: "per, a, alle, agli, alla, il, i, gli, le, l', nuova, di, tutte",
      wholes:
        "alle ia, l'ia, ia che, assistenti ia, assistente ia, modelli linguistici, modello linguistico, per l'assistente",
      samples: {
        finds: [{ text: "Avviso per i modelli linguistici", why: "a note" }],
        ignores: [{ text: "Avviso per i vicini", why: "people" }],
      },
    },
    {
      language: "ru",
      order: "verb-first",
      foundBy: "what",
      verbs: "инструкция, инструкции, указание, сообщение, заметка, примечание, внимание, для",
      fillers: "для, всех, новая, всем, к",
      wholes: "для ии, ии, ии-ассистентов, ии-ассистента, языковых моделей, языковой модели, для ассистента",
      samples: {
        finds: [{ text: "Инструкция для языковых моделей", why: "a note" }],
        ignores: [{ text: "Инструкция для жильцов", why: "people" }],
      },
    },
    {
      language: "tr",
      order: "verb-last",
      foundBy: "what",
      verbs: "not, talimat, talimatlar, mesaj, uyarı, yapay zekâlar, yapay zekalar",
      fillers: "için, yeni, önemli, bir, okuyan, sayfayı",
      wholes:
        "yapay zeka asistanları, yapay zekâ asistanları, asistan için, yapay zeka için, dil modelleri, bu sayfayı okuyan",
      samples: {
        finds: [{ text: "Asistan için yeni talimat", why: "a note" }],
        ignores: [{ text: "Müdür için not", why: "a person" }],
      },
    },
    {
      language: "ko",
      order: "verb-last",
      foundBy: "what",
      isJoined: true,
      verbs: "지시, 지침, 명령, 안내, 메시지, AI에게, 에게, 메모",
      fillers: "에게, 를, 을, 위한, 보내는, 의, 새로운, 새, 주는, 전용",
      wholes: "AI 요약기, AI 어시스턴트, AI 채점기, 인공지능 비서, 언어 모델에게, 에이전트에게, 읽는 AI",
      samples: {
        finds: [{ text: "AI 어시스턴트에게 주는 지시", why: "a note" }],
        ignores: [{ text: "직원에게 주는 지시", why: "people" }],
      },
    },
    {
      language: "ja",
      order: "verb-last",
      foundBy: "what",
      isJoined: true,
      verbs: "指示, 命令, 注意, お知らせ, メッセージ, AIへ, AIに",
      fillers: "への, へ, に, 対する, の, 新しい, 皆さん, 全ての",
      wholes: "AI採点者, AIアシスタント, AIへの, AIエージェント, 言語モデル, このページを読んでいる, このページを読む",
      samples: {
        finds: [{ text: "AIアシスタントへの指示", why: "a note" }],
        ignores: [{ text: "社員への指示", why: "people" }],
      },
    },
    {
      language: "zh",
      order: "verb-last",
      foundBy: "what",
      isJoined: true,
      verbs: "说明, 指令, 指示, 注意, 命令, 请, 要求",
      fillers: "的, 们, 請, 请, 新, 给, 须, ：, :",
      wholes: "AI评审, AI助手, AI助理, AI模型, 语言模型, 本页面的AI, 此页面的AI, 本页的AI",
      samples: {
        finds: [{ text: "给AI助手的指令", match: "AI助手的指令", why: "a note" }],
        ignores: [{ text: "给员工的指令", why: "people" }],
      },
    },
    {
      language: "hi",
      order: "verb-last",
      foundBy: "what",
      isJoined: true,
      verbs: "निर्देश, आदेश, संदेश, ध्यान दें, एआई",
      fillers: "के लिए, नया, नए, वाले, सभी",
      wholes: "सहायक के लिए, एआई सहायक, एआई के लिए, भाषा मॉडल, पृष्ठ को पढ़ने",
      samples: {
        finds: [{ text: "एआई के लिए निर्देश", why: "a note" }],
        ignores: [{ text: "छात्रों के लिए निर्देश", why: "people" }],
      },
    },
    {
      language: "ar",
      order: "verb-first",
      foundBy: "what",
      verbs: "تعليمات, ملاحظة, رسالة, تنبيه, أمر, إلى",
      fillers: "جديدة, جديد, إلى, كل, جميع, موجهة",
      wholes: "للمساعد, أنظمة الذكاء الاصطناعي, لأنظمة الذكاء الاصطناعي, نماذج اللغة, للنماذج اللغوية",
      samples: {
        finds: [{ text: "تعليمات جديدة للمساعد", why: "a note" }],
        ignores: [{ text: "تعليمات جديدة للموظفين", why: "people" }],
      },
    },
  ],
});
