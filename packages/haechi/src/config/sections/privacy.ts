import { JURISDICTIONS } from "../../core/decide/jurisdictions/registry.ts";
import { key, section } from "../key.ts";
import { oneOfOrNull } from "../value-kinds.ts";

export const privacy = section("Regional baseline.", {
  profile: key(
    "Strengthens the policy to what a jurisdiction asks for; it never weakens one.",
    oneOfOrNull([...JURISDICTIONS.keys()]),
    null,
  ),
});
