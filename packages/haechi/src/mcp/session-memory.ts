import type { Policy } from "../core/decide/policy.ts";
import { type AskedCalls, createAskedCalls } from "./asked-calls.ts";
import { type Consents, createConsents } from "./consents.ts";
import { createHandleNames, type HandleNames } from "./handle-names.ts";
import { remember } from "./remember.ts";
import { createRestoredValues, type RestoredValues } from "./restored-values.ts";

/** What is known of the calls of one client at one server; nobody else's calls use it. */
export interface SessionMemory {
  readonly issuedTokens: IssuedTokens;
  readonly restoredValues: RestoredValues;
  readonly taskResults: TaskResults;
  readonly consents: Consents;
  readonly askedCalls: AskedCalls;
  readonly handleNames: HandleNames;
}

export function createSessionMemory(): SessionMemory {
  return {
    issuedTokens: createIssuedTokens(),
    restoredValues: createRestoredValues(),
    taskResults: createTaskResults(),
    consents: createConsents(),
    askedCalls: createAskedCalls(),
    handleNames: createHandleNames(),
  };
}

/** The tokens that a session has issued. */
export interface IssuedTokens {
  add(ids: Iterable<string>): void;
  has(id: string): boolean;
}

/** Forgets the oldest when there are too many. */
function createIssuedTokens(): IssuedTokens {
  const ids = new Map<string, true>();
  return {
    add(added) {
      for (const id of added) remember(ids, id, true, TOKENS_MAX);
    },
    has: (id) => ids.has(id),
  };
}

/** The policy for the results of tasks, which a tool was called for. */
export interface TaskResults {
  add(task: string, results: Policy): void;
  /** Null for a task that nobody here has seen begin. */
  of(task: string): Policy | null;
}

function createTaskResults(): TaskResults {
  const tasks = new Map<string, Policy>();
  return {
    add: (task, results) => remember(tasks, task, results, TASKS_MAX),
    of: (task) => tasks.get(task) ?? null,
  };
}

const TOKENS_MAX = 65_536;
const TASKS_MAX = 4_096;
