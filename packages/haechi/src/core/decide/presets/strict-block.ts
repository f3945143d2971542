import type { Preset } from "./preset.ts";

export const strictBlock: Preset = {
  name: "strict-block",
  summary: "Any finding stops the request.",
  defaultAction: "block",
  actions: {},
};
