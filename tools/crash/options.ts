// @ts-types="../../types/parse_args.d.ts"
import { parseArgs } from "@std/cli/parse-args";

/** The methods, in the order in which they run. */
export const METHODS = ["kills", "pairs", "failures", "model", "cuts", "stops", "planted"] as const;

/** What the harness is asked to do. */
export interface Options {
  /** About a minute: a sample of every method's trials. */
  quick: boolean;
  /** What the sample depends on. */
  seed: number;
  /** Trials at once. */
  jobs: number;
  methods: readonly string[];
  /** Already in a mount namespace of its own. */
  inNamespace: boolean;
}

/** Reads the harness's command line. */
export function readOptions(args: readonly string[]): Options {
  const parsed = parseArgs(args, {
    boolean: ["quick", "in-namespace"],
    string: ["seed", "jobs", "only"],
    unknown: (arg) => {
      throw new Error(`there is no option ${arg}; there are --quick, --seed N, --jobs N, --only METHOD,…`);
    },
  });
  const methods = typeof parsed.only === "string" ? parsed.only.split(",") : METHODS;
  const wrong = methods.find((method) => !(METHODS as readonly string[]).includes(method));
  if (wrong !== undefined) throw new Error(`--only wants some of ${METHODS.join(",")}, not ${wrong}`);
  return {
    quick: parsed.quick === true,
    seed: Number(parsed.seed ?? Date.now() % 1_000_000),
    jobs: Number(parsed.jobs ?? navigator.hardwareConcurrency),
    methods,
    inNamespace: parsed["in-namespace"] === true,
  };
}
