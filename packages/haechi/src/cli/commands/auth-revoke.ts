import { revokeToken } from "../../providers/auth/bearer-file.ts";
import { changeTokens } from "../change-tokens.ts";
import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, reportOptions } from "../options.ts";
import { reported } from "../result.ts";

export const authRevoke: Command = {
  arguments: [{ name: "id", description: "Id of the token, as auth list shows it." }],
  options: [configOption, ...reportOptions],
  members: ["id", "revoked"],
  exitCodes: [],
  examples: [{ line: "haechi auth revoke tok_auth_0123abcd", purpose: "From now on the gateway refuses the token." }],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const { store } = config.auth;
    const wanted = given.arguments[0]!;
    const { record } = await changeTokens(config, { verb: "revoke", id: wanted }, async () => ({
      record: await revokeToken(store, wanted),
    }));
    const { id, disabled } = record;
    return reported({ id, revoked: disabled }, ({ paint }) => paint.good(`${id} is revoked.`));
  },
};
