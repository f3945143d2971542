import type { Command } from "./command.ts";

/** A command that can be called, before it is loaded. */
export interface CommandEntry {
  /** One word, or a group and a word in it. */
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
}

/** Every command, in the order of the help. Each is loaded when it is called, so that none pays for the others. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "init",
    summary: "Write a configuration and a key file to start with.",
    load: async () => (await import("./commands/init.ts")).init,
  },
  {
    name: "proxy",
    summary: "Run the gateway until it is told to stop.",
    load: async () => (await import("./commands/proxy.ts")).proxy,
  },
  {
    name: "mcp-wrap",
    summary: "Run an MCP server, and stand between it and its client.",
    load: async () => (await import("./commands/mcp-wrap.ts")).mcpWrap,
  },
  {
    name: "mcp-stdio",
    summary: "Filter what an MCP client says, from standard input to standard output.",
    load: async () => (await import("./commands/mcp-stdio.ts")).mcpStdio,
  },
  {
    name: "mcp pin",
    summary: "Write down what an MCP server says of what it offers, so that a change is noticed.",
    load: async () => (await import("./commands/mcp-pin.ts")).mcpPin,
  },
  {
    name: "mcp install",
    summary: "Let an MCP client run its servers behind Haechi.",
    load: async () => (await import("./commands/mcp-install.ts")).mcpInstall,
  },
  {
    name: "mcp uninstall",
    summary: "Let an MCP client run its servers itself again.",
    load: async () => (await import("./commands/mcp-uninstall.ts")).mcpUninstall,
  },
  {
    name: "mcp doctor",
    summary: "Prove with made-up values that what runs behind Haechi is protected.",
    load: async () => (await import("./commands/mcp-doctor.ts")).mcpDoctor,
  },
  {
    name: "mcp diff",
    summary: "Say what an MCP server has changed of what it says since it was pinned.",
    load: async () => (await import("./commands/mcp-diff.ts")).mcpDiff,
  },
  {
    name: "status",
    summary: "Say what is protected and what is not.",
    load: async () => (await import("./commands/status.ts")).status,
  },
  {
    name: "protect",
    summary: "Protect one document.",
    load: async () => (await import("./commands/protect.ts")).protect,
  },
  {
    name: "config",
    summary: "Show every configuration key, or check a configuration.",
    load: async () => (await import("./commands/config.ts")).config,
  },
  {
    name: "rules list",
    summary: "List everything that is looked for.",
    load: async () => (await import("./commands/rules-list.ts")).rulesList,
  },
  {
    name: "rules check",
    summary: "Say whether rules of your own are safe to run, and how they are run.",
    load: async () => (await import("./commands/rules-check.ts")).rulesCheck,
  },
  {
    name: "rules test",
    summary: "Show what rules find in a text.",
    load: async () => (await import("./commands/rules-test.ts")).rulesTest,
  },
  {
    name: "report",
    summary: "Count what the audit log holds.",
    load: async () => (await import("./commands/report.ts")).report,
  },
  {
    name: "audit-verify",
    summary: "Check that the audit log is whole and unchanged.",
    load: async () => (await import("./commands/audit-verify.ts")).auditVerify,
  },
  {
    name: "audit tail",
    summary: "Show the newest entries of the audit log.",
    load: async () => (await import("./commands/audit-tail.ts")).auditTail,
  },
  {
    name: "audit search",
    summary: "Show the entries of the audit log that meet conditions.",
    load: async () => (await import("./commands/audit-search.ts")).auditSearch,
  },
  {
    name: "audit export",
    summary: "Write entries of the audit log in the form of other systems.",
    load: async () => (await import("./commands/audit-export.ts")).auditExport,
  },
  {
    name: "audit rotate",
    summary: "Close the open segment of the audit log and start the next one.",
    load: async () => (await import("./commands/audit-rotate.ts")).auditRotate,
  },
  {
    name: "audit pseudonym",
    summary: "Say what a caller is called in the audit log.",
    load: async () => (await import("./commands/audit-pseudonym.ts")).auditPseudonym,
  },
  {
    name: "audit forget",
    summary: "Make the entries of a caller nobody's, without a change to the audit log.",
    load: async () => (await import("./commands/audit-forget.ts")).auditForget,
  },
  {
    name: "audit checkpoint",
    summary: "Sign what the audit log is now, so that nobody can write it again unnoticed.",
    load: async () => (await import("./commands/audit-checkpoint.ts")).auditCheckpoint,
  },
  {
    name: "audit prove",
    summary: "Prove that an entry is in the audit log, or that the log only grew.",
    load: async () => (await import("./commands/audit-prove.ts")).auditProve,
  },
  {
    name: "audit expire",
    summary: "Delete old segments of the audit log, and record that they were to go.",
    load: async () => (await import("./commands/audit-expire.ts")).auditExpire,
  },
  {
    name: "audit check-proof",
    summary: "Check such a proof, without the log.",
    load: async () => (await import("./commands/audit-check-proof.ts")).auditCheckProof,
  },
  {
    name: "token-reveal",
    summary: "Show the value behind a vault token, where the configuration allows it.",
    load: async () => (await import("./commands/token-reveal.ts")).tokenReveal,
  },
  {
    name: "token-purge",
    summary: "Delete vault tokens.",
    load: async () => (await import("./commands/token-purge.ts")).tokenPurge,
  },
  {
    name: "token-export",
    summary: "List vault tokens without their values.",
    load: async () => (await import("./commands/token-export.ts")).tokenExport,
  },
  {
    name: "decrypt",
    summary: "Show the value in an encrypted marker, where the configuration allows it.",
    load: async () => (await import("./commands/decrypt.ts")).decrypt,
  },
  {
    name: "vault backup",
    summary: "Copy the token vault while it is in use.",
    load: async () => (await import("./commands/vault-backup.ts")).vaultBackup,
  },
  {
    name: "vault restore",
    summary: "Put the tokens of a backup into the vault.",
    load: async () => (await import("./commands/vault-restore.ts")).vaultRestore,
  },
  {
    name: "vault check",
    summary: "Check that the vault, or a backup, is whole and opens.",
    load: async () => (await import("./commands/vault-check.ts")).vaultCheck,
  },
  {
    name: "vault reseal",
    summary: "Seal the tokens of the vault under the active key.",
    load: async () => (await import("./commands/vault-reseal.ts")).vaultReseal,
  },
  {
    name: "vault import",
    summary: "Take over a JSON vault of the published format.",
    load: async () => (await import("./commands/vault-import.ts")).vaultImport,
  },
  {
    name: "keys list",
    summary: "List the keys with their dates, without their bytes.",
    load: async () => (await import("./commands/keys-list.ts")).keysList,
  },
  {
    name: "keys rotate",
    summary: "Make a new active key.",
    load: async () => (await import("./commands/keys-rotate.ts")).keysRotate,
  },
  {
    name: "keys retire",
    summary: "Take a key out of use, or say until when it opens what it sealed.",
    load: async () => (await import("./commands/keys-retire.ts")).keysRetire,
  },
  {
    name: "keys destroy",
    summary: "Delete a retired key, and with it what only this key opens.",
    load: async () => (await import("./commands/keys-destroy.ts")).keysDestroy,
  },
  {
    name: "keys wrap",
    summary: "Put a pass phrase before the keys, or another one.",
    load: async () => (await import("./commands/keys-wrap.ts")).keysWrap,
  },
  {
    name: "keys unwrap",
    summary: "Take the pass phrase away.",
    load: async () => (await import("./commands/keys-unwrap.ts")).keysUnwrap,
  },
  {
    name: "auth add",
    summary: "Make a bearer token for a client.",
    load: async () => (await import("./commands/auth-add.ts")).authAdd,
  },
  {
    name: "auth list",
    summary: "List bearer tokens.",
    load: async () => (await import("./commands/auth-list.ts")).authList,
  },
  {
    name: "auth rotate",
    summary: "Put a new bearer token in the place of one.",
    load: async () => (await import("./commands/auth-rotate.ts")).authRotate,
  },
  {
    name: "auth revoke",
    summary: "Disable a bearer token for good.",
    load: async () => (await import("./commands/auth-revoke.ts")).authRevoke,
  },
];

/** What the commands of a group are for. */
export const GROUPS: ReadonlyMap<string, string> = new Map([
  ["mcp", "Look after MCP servers and their clients."],
  ["rules", "Look at the rules, and try those of your own."],
  ["audit", "Work with the audit log."],
  ["vault", "Look after the token vault as a whole."],
  ["keys", "Look after the keys of the vault and of keyed hashes."],
  ["auth", "Manage the bearer tokens that clients show to the gateway."],
]);

/** The command that a command line begins with. */
export function findCommand([first, second]: readonly string[]): CommandEntry | null {
  return COMMANDS.find(({ name }) => name === first || name === `${first} ${second}`) ?? null;
}
