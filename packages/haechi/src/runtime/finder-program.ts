// The program of a worker thread that finds in large documents, started by `documentFinder`.
import { parentPort, workerData } from "node:worker_threads";
import { answerQuestions } from "../providers/workers/answer-questions.ts";
import { type FindingConfig, findingRules } from "./detection-rules.ts";

// A worker has a port, and its data is what documentFinder hands in.
answerQuestions(parentPort!, findingRules(workerData as FindingConfig));
