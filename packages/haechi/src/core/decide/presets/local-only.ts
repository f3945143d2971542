import type { Preset } from "./preset.ts";

export const localOnly: Preset = {
  name: "local-only",
  summary: "Refuses an upstream outside the machine and its private network.",
  actions: {},
  refusesExternalUpstream: true,
};
