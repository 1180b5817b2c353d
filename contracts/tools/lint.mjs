// Style and suspicious code: forge fmt, forge lint and solhint. Nothing may be reported.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { forge, modules, root } from "./chain.mjs";

export function lint() {
  forge(["fmt", "--check"]);
  // Tests are left out: their casts and shifts are of constants, and their clock is their own.
  forge(["lint", "--offline", "src"]);
  const arguments_ = ["--disc", "--noPoster", "--max-warnings", "0", "--formatter", "unix"];
  solhint([...arguments_, "--config", "solhint.config.js", "src/**/*.sol", "smt/**/*.sol"]);
  solhint([...arguments_, "--config", "solhint.tests.js", "test/**/*.sol"]);
}

/** Run in silence, for it advertises: what counts is whether it found anything. */
function solhint(args) {
  const { bin } = JSON.parse(readFileSync(join(modules, "solhint", "package.json"), "utf8"));
  const script = join(modules, "solhint", bin.solhint ?? bin);
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: root, encoding: "utf8" });
  const findings = stdout.split("\n").filter((line) => /^\S+\.sol:\d+/.test(line));
  if (status === 0 && findings.length === 0) return;
  console.error(findings.length > 0 ? findings.join("\n") : stdout + stderr);
  throw new Error(`solhint: ${findings.length} findings`);
}
