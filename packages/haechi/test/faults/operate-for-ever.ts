// A process to be killed: an operator who works until it dies.
import { operateForEver } from "./operator.ts";

const [configPath, elsewhere] = process.argv.slice(2);
await operateForEver(configPath!, elsewhere!);
