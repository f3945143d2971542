/** What the exit status of the program says. */
export const EXIT_CODES = {
  0: "The command did what it says.",
  1: "It failed, or there is no such command; stderr says why.",
  2: "The command line cannot be understood.",
  3: "The policy blocks the document.",
  4: "The audit log does not verify.",
  5: "An error that nobody handled ended the service. It is in the audit log; start it again.",
  6: "A server does not say what was pinned of it.",
} as const;

export type ExitCode = keyof typeof EXIT_CODES;
