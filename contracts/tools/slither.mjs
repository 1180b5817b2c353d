// Static analysis by Slither, from PyPI into an environment of its own, on what forge compiled.
// tools/slither.json says which detectors are off and which findings are accepted, with reasons.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { spawnSync } from "node:child_process";
import { binary, forge, root, run, target } from "./chain.mjs";

const work = join(target, "slither");
const environment = join(work, "environment");
const report = join(work, "report.json");
const compiled = ["--out", join(work, "out"), "--cache-path", join(work, "cache")];

export function slither() {
  install();
  forge(["build", "src", "--offline", "--quiet", "--force", "--build-info", ...compiled]);
  const { detectors, findings } = JSON.parse(readFileSync(join(root, "tools", "slither.json"), "utf8"));
  const found = analyse(Object.keys(detectors));
  const matches = (known, finding) => known.check === finding.check && finding.text.includes(known.where);
  const open = found.filter((finding) => !findings.some((known) => matches(known, finding)));
  const stale = findings.filter((known) => !found.some((finding) => matches(known, finding)));
  open.forEach((finding) => console.error(`${finding.check}: ${finding.text}`));
  stale.forEach((known) => console.error(`no longer found: ${known.check} in ${known.where}`));
  if (open.length + stale.length > 0) throw new Error(`slither: ${open.length} findings, ${stale.length} stale`);
  console.log(`slither: nothing but ${found.length} findings with a reason`);
}

/** Installs exact versions, but only when their list has changed since the last time. */
function install() {
  const list = join(root, "tools", "slither-requirements.txt");
  const digest = createHash("sha256").update(readFileSync(list)).digest("hex");
  const stamp = join(environment, ".list-sha256");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  rmSync(environment, { recursive: true, force: true });
  if (spawnSync("python3", ["-c", "import ensurepip, venv"]).status !== 0) {
    throw new Error("slither needs python3 with venv (Debian: apt-get install python3-venv)");
  }
  run("python3", ["-m", "venv", environment]);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r", list];
  run(join(environment, "bin", "python"), pip);
  writeFileSync(stamp, digest);
}

function analyse(excluded) {
  rmSync(report, { force: true });
  const options = ["--ignore-compile", "--foundry-out-directory", "target/slither/out"];
  const filters = ["--filter-paths", "node_modules", "--exclude", excluded.join(",")];
  const path = [join(environment, "bin"), dirname(binary("forge")), process.env.PATH].join(delimiter);
  const { stderr } = spawnSync(join(environment, "bin", "slither"), [".", ...options, ...filters, "--json", report], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, PATH: path },
    maxBuffer: 1 << 26,
  });
  // Its exit status only says that there is something to read.
  const answer = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : { error: stderr };
  if (!answer.success) throw new Error(`slither failed: ${answer.error}`);
  return (answer.results.detectors ?? []).map(({ check, description }) => ({ check, text: description.trim() }));
}
