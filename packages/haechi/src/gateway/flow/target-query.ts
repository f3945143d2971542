import { decodeFormText } from "../body/percent-encoding.ts";

/** A target without the query parameters of these names, the rest as it was written. */
export function withoutParameters(target: string, names: readonly string[]): string {
  const mark = target.indexOf("?");
  if (mark === -1 || names.length === 0) return target;
  const parameters = target.slice(mark + 1).split("&");
  const kept = parameters.filter((parameter) => !names.includes(decodeFormText(nameOf(parameter))));
  if (kept.length === parameters.length) return target;
  return kept.length === 0 ? target.slice(0, mark) : `${target.slice(0, mark)}?${kept.join("&")}`;
}

function nameOf(parameter: string): string {
  const equals = parameter.indexOf("=");
  return equals === -1 ? parameter : parameter.slice(0, equals);
}
