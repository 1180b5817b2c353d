// Every line and branch of the code that moves money is run by a test. tools/coverage.json lists the
// sources, and the gaps that are the tool's own, each with its reason.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { forge, root, target } from "./chain.mjs";

const report = join(target, "lcov.info");

export function coverage() {
  // Without the optimiser gas means nothing, and random sequences cover nothing on purpose.
  const tests = ["--no-match-contract", "Gas|Invariant"];
  forge(["coverage", "--offline", ...tests, "--report", "lcov", "--report-file", report]);
  const { sources, gaps } = JSON.parse(readFileSync(join(root, "tools", "coverage.json"), "utf8"));
  const found = sources.flatMap((source) => missesOf(source));
  const matches = (gap, miss) => gap.source === miss.source && gap.line === miss.text && gap.kind === miss.kind;
  const open = found.filter((miss) => !gaps.some((gap) => matches(gap, miss)));
  const stale = gaps.filter((gap) => !found.some((miss) => matches(gap, miss)));
  open.forEach((miss) => console.error(`${miss.source}:${miss.number}: ${miss.kind} never taken: ${miss.text}`));
  stale.forEach((gap) => console.error(`${gap.source}: no longer a gap: ${gap.line}`));
  if (open.length + stale.length > 0) throw new Error(`coverage: ${open.length} gaps, ${stale.length} stale`);
  console.log(`coverage: every line and branch of ${sources.length} sources, ${gaps.length} gaps of the tool`);
}

function missesOf(source) {
  const records = readFileSync(report, "utf8").split("end_of_record");
  const record = records.find((text) => text.includes(`SF:${source}\n`));
  if (!record) throw new Error(`coverage: no tests reach ${source}`);
  const lines = readFileSync(join(root, source), "utf8").split("\n");
  const miss = (kind, number) => ({ kind, number, source, text: lines[number - 1].trim() });
  const run = [...record.matchAll(/^DA:(\d+),0$/gm)].map(([, number]) => miss("line", Number(number)));
  const taken = [...record.matchAll(/^BRDA:(\d+),\d+,\d+,(?:0|-)$/gm)];
  return run.concat(taken.map(([, number]) => miss("branch", Number(number))));
}
