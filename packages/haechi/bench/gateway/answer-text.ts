/** One piece of the text that the stub upstream answers with. */
export function answerPiece(at: number): string {
  return PIECES[at % PIECES.length]!;
}

/** The whole text of an answer of so many pieces. */
export function answerText(pieces: number): string {
  return Array.from({ length: pieces }, (_, at) => answerPiece(at)).join("");
}

const PIECES = (
  "The river was low that summer , and nobody in the village could say why . Some thought of the new mill , " +
  "others of the dry winter before ; the old teacher measured it every week and kept the figures to herself . "
)
  .split(" ")
  .map((word) => `${word} `);
