import { ACTIONS } from "../../core/decide/action.ts";
import { ANY_TOOL, RESTORE_SOURCES } from "../../core/decide/policy.ts";
import { key, keysOf, requiredKey } from "../key.ts";
import { listOf, mapOf, nonEmptyListOf, oneOf, textMatching } from "../value-kinds.ts";
import { entityType } from "./entity-type-name.ts";

const action = oneOf(ACTIONS);

const toolPattern = textMatching(
  /^\S{1,128}$/,
  "the name of a tool, up to 128 characters without spaces; * stands for any text and ? for any character",
);

const toolActions = keysOf({
  actions: key("Action for each entity type, merged over those that hold otherwise.", mapOf(entityType, action)),
  atLeast: key(
    "What happens to every finding at least; `block` lets nothing pass in which anything is found. Types that are only reported otherwise are so here, unless `actions` names them.",
    action,
  ),
});

const toolRule = keysOf({
  tools: requiredKey("Patterns of names. The first rule that names a tool holds for it.", nonEmptyListOf(toolPattern)),
  arguments: key("For calls of these tools.", toolActions),
  results: key("For what they answer.", toolActions),
  restoreTypes: key(
    "Vault tokens of these types are put back into calls of these tools, and into nothing else. The tools get the values, and the model does not.",
    listOf(entityType),
    [],
  ),
  restoreFrom: key(
    "Which tokens: `session` for those that the same session has issued, `vault` for all that the vault holds, such as those that a gateway has issued to the model.",
    oneOf(RESTORE_SOURCES),
    "session",
  ),
});

/** What a policy says of the tools of MCP servers. */
export const tools = keysOf({
  allow: key("Tools that may be called.", nonEmptyListOf(toolPattern), [...ANY_TOOL.allow]),
  deny: key("Tools that may not, whatever `allow` says. They are taken out of lists too.", listOf(toolPattern), []),
  ask: key(
    "Tools of which every call needs the consent of a person, who is asked through the client (elicitation). Where that cannot be, as over HTTP without a session in the revisions up to 2025-11-25, the call is refused.",
    listOf(toolPattern),
    [],
  ),
  rules: key("What holds for some tools.", listOf(toolRule), []),
});
