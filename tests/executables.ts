/**
 * The program in each of its forms: run by Deno, self-extracting, and compiled.
 *
 * @module
 */
import config from "../deno.json" with { type: "json" };
import { ImpossibleHereError } from "../tools/compile/build_error.ts";
import { type Made, makeExecutable } from "../tools/compile/make_executable.ts";
import { HERE, PERMISSIONS, V8_FLAGS } from "../tools/compile/program.ts";
import { lacks } from "./granted.ts";

/** The program in one form. */
export interface Executable {
  form: "run by deno" | Made["kind"];
  /** What starts it; the program's own arguments follow. */
  command: readonly [string, ...string[]];
  /** Variables that it needs. */
  env: Readonly<Record<string, string>>;
  /** What was missing to make it, as `needs Deno 2.9`, or `undefined` if nothing was. */
  missing: string | undefined;
}

/** Variables that name an executable to be tested, in place of one that is made for the test. */
const NAMED_BY = { "compiled": "NUMSUM_COMPILED", "self-extracting": "NUMSUM_SELF_EXTRACTING" } as const;

/** Makes what is not named by a variable, in a folder that is removed when the tests are over. */
export async function makeExecutables(): Promise<Executable[]> {
  const forms = ["compiled", "self-extracting"] as const;
  if (lacks("read", "write", "run", "env")) {
    return [
      executable("run by deno"),
      ...forms.map((form) => executable(form)),
    ];
  }
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "numsum-executables-" }));
  globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
  return [
    executable("run by deno", [
      Deno.execPath(),
      "run",
      ...V8_FLAGS,
      ...PERMISSIONS,
      new URL("../main.ts", import.meta.url).href,
    ]),
    ...await Promise.all(forms.map((form) => make(form, folder))),
  ];
}

/** What `--version` says; which Deno it is may differ. */
export function versionLine(form: Executable["form"]): RegExp {
  const kind = form === "run by deno" ? "" : `${form}, `;
  return new RegExp(`^numsum ${config.version} \\(${kind}Deno \\d+\\.\\d+\\.\\d+\\)\n$`);
}

async function make(form: Made["kind"], folder: string): Promise<Executable> {
  // what is unpacked must not stay in the user's cache
  const env = form === "self-extracting" ? { XDG_CACHE_HOME: folder } : {};
  const named = Deno.env.get(NAMED_BY[form]);
  if (named) return executable(form, [await Deno.realPath(named)], env);
  const output = `${folder}/${form}`;
  try {
    const { path } = await makeExecutable({ target: HERE, output, kind: form });
    return executable(form, [path], env);
  } catch (error) {
    if (!(error instanceof ImpossibleHereError)) throw error;
    console.error(`Not tested, ${form}: ${error.message}`);
    return { ...executable(form), missing: `needs ${error.needs}` };
  }
}

function executable(form: Executable["form"], command: Executable["command"] = [""], env = {}): Executable {
  return { form, command, env, missing: undefined };
}
