// The gas of the calls that matter, as gas.json has it. Tests record it with measured().
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { forge, root, target } from "./chain.mjs";

const kept = join(root, "gas.json");
const measured = join(target, "snapshots", "gas.json");

/** A new compiler shifts gas by a little; a mistake shifts it by more than that. */
const TOLERANCE = 0.02;

/** To be called before the tests whose gas counts. */
export function forgetGas() {
  rmSync(measured, { force: true });
}

/** Compares what the tests of just now recorded. */
export function checkGas() {
  const [before, now] = [kept, measured].map((file) => JSON.parse(readFileSync(file, "utf8")));
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const off = names.filter((name) => !(Math.abs(now[name] - before[name]) <= before[name] * TOLERANCE));
  off.forEach((name) => console.error(`${name}: ${before[name] ?? "unknown"} gas before, ${now[name] ?? "none"} now`));
  if (off.length > 0) throw new Error("gas differs; node tools/build.mjs snapshot records it");
  console.log(`gas.json: ${names.length} calls within ${TOLERANCE * 100} %`);
}

/** Records the gas anew. */
export function snapshot() {
  forgetGas();
  forge(["test", "--offline", "--match-contract", "Gas"]);
  writeFileSync(kept, readFileSync(measured, "utf8"));
}
