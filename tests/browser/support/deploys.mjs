// Hands what was drawn to the template tests: cfn-lint, a stack in memory, and what is read back of it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { required } from "./app.mjs";

const CHECK = new URL("../../templates/drawn.py", import.meta.url).pathname;

/** Checks a design and the template that was exported of it; keeps both in ARTIFACTS. */
export async function deploys(name, design, template) {
  const folder = process.env.ARTIFACTS ?? (await mkdtemp(join(tmpdir(), "groundplan-")));
  const [saved, exported] = [join(folder, `${name}.groundplan.json`), join(folder, `${name}.template.json`)];
  await writeFile(saved, JSON.stringify(design));
  await writeFile(exported, template);
  const run = promisify(execFile)(required("PYTHON"), ["-B", CHECK, saved, exported], { env: { ...process.env, GROUNDPLAN: required("GROUNDPLAN") } });
  await run.catch((error) => assert.fail(`the template does not deploy:\n${error.stdout}${error.stderr}`));
}
