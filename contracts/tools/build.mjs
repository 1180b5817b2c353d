#!/usr/bin/env node
// Drives the Solidity tool chain: node tools/build.mjs install|compile|check|test [--long], and the
// single checks prove, coverage and slither; snapshot records the gas of calls anew.
// Exact versions come from package-lock.json; nothing else is downloaded.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { binary, forge, modules, packageOf, root, run, target } from "./chain.mjs";
import { coverage } from "./coverage.mjs";
import { checkGas, forgetGas, snapshot } from "./gas.mjs";
import { lint } from "./lint.mjs";
import { prove } from "./prove.mjs";
import { slither } from "./slither.mjs";

const tools = ["anvil", "cast", "forge"];

/** Contracts whose Java wrappers are generated. */
const published = [
  "AuditLog",
  "Challenges",
  "Controller",
  "DevMinter",
  "Directory",
  "Entities",
  "Escrow",
  "Faucet",
  "FixedPriceFeed",
  "GenesisDeed",
  "JobPrices",
  "MasterDeed",
  "Multisig",
  "NodeDeed",
  "NodeRegistry",
  "R1",
  "Reader",
  "ReleaseRegistry",
  "Rewards",
  "Treasury",
  "TwapPriceFeed",
];

function npm(...args) {
  run("npm", [...args, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
}

/** npm ci, but only when the lock file has changed since the last time. */
function install() {
  const lock = readFileSync(join(root, "package-lock.json"));
  const digest = createHash("sha256").update(lock).digest("hex");
  const stamp = join(modules, ".lock-sha256");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  // The tools are programs, not JavaScript: which Node they ask for does not matter, and a package
  // for another platform only takes room. As optional dependencies npm would leave them out.
  npm("ci", "--force");
  const missing = tools.filter((tool) => !existsSync(binary(tool))).map(packageOf);
  if (missing.length > 0) {
    // The lock file can name only platforms that the registry had when it was written.
    const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const version = dependencies["@foundry-rs/forge-linux-amd64"];
    console.log(`contracts: package-lock.json has no ${missing.join(", ")}; installing ${version}`);
    npm("install", "--force", "--no-save", "--no-package-lock", ...missing.map((name) => `${name}@${version}`));
  }
  writeFileSync(stamp, digest);
}

/** Type of an ABI input as it stands in a signature. */
function typeOf(input) {
  if (!input.type.startsWith("tuple")) return input.type;
  return `(${input.components.map(typeOf).join(",")})${input.type.slice("tuple".length)}`;
}

/**
 * What a contract is on the chain but for its immutables, which its constructor fills in: name, size,
 * SHA-256 with zeros in their places, and the places as offset+length.
 */
function runtimeOf(name, { object, immutableReferences }) {
  const code = Buffer.from(object.slice(2), "hex");
  const places = Object.values(immutableReferences ?? {}).flat().sort((a, b) => a.start - b.start);
  for (const { start, length } of places) code.fill(0, start, start + length);
  const digest = createHash("sha256").update(code).digest("hex");
  return [name, code.length, digest, ...places.map(({ start, length }) => `${start}+${length}`)].join(" ");
}

/** Compiles all but the tests, for which nobody waits, and lays out target/abi and target/bin for those who come after. */
function compile() {
  forge(["build", "--offline", "--quiet", "--skip", "test"]);
  const out = join(target, "out");
  const abi = join(target, "abi");
  const bin = join(target, "bin");
  for (const folder of [abi, bin]) {
    mkdirSync(folder, { recursive: true });
    readdirSync(folder).forEach((name) => rmSync(join(folder, name)));
  }
  const errors = new Set();
  const runtimes = [];
  for (const name of published) {
    const artifact = JSON.parse(readFileSync(join(out, `${name}.sol`, `${name}.json`), "utf8"));
    writeFileSync(join(abi, `${name}.abi`), JSON.stringify(artifact.abi));
    writeFileSync(join(abi, `${name}.bin`), artifact.bytecode.object.slice(2));
    runtimes.push(runtimeOf(name, artifact.deployedBytecode));
    for (const error of artifact.abi.filter((entry) => entry.type === "error")) {
      errors.add(`${error.name}(${error.inputs.map(typeOf).join(",")})`);
    }
  }
  // One custom error per line: what the Java side decodes reverts with.
  writeFileSync(join(abi, "errors.txt"), [...errors].sort().join("\n") + "\n");
  // What the Java side compares with the code it finds on a chain.
  writeFileSync(join(abi, "runtimes.txt"), runtimes.join("\n") + "\n");
  tools.forEach((tool) => symlinkSync(binary(tool), join(bin, tool)));
}

/**
 * All tests, without the optimiser, which takes longer over them than they run; then those that
 * measure gas, with it. The long run, asked for by --long or an empty --excluded=, is as published
 * throughout, plays more random sequences and adds the checks that take minutes.
 */
function test(options) {
  const long = options.includes("--long") || options.includes("--excluded=");
  forgetGas();
  if (long) {
    forge(["test", "--offline"], { FOUNDRY_PROFILE: "long" });
  } else {
    forge(["test", "--offline", "--no-match-contract", "Gas"], { FOUNDRY_PROFILE: "plain" });
    forge(["test", "--offline", "--match-contract", "Gas"]);
  }
  checkGas();
  prove();
  if (!long) return;
  coverage();
  slither();
}

const steps = {
  install,
  compile,
  check: lint,
  test,
  prove,
  coverage,
  slither,
  snapshot,
};

try {
  const [, , name, ...options] = process.argv;
  const step = steps[name];
  if (!step) throw new Error(`usage: build.mjs ${Object.keys(steps).join("|")}`);
  step(options);
} catch (failure) {
  console.error(`contracts: ${failure.message}`);
  process.exitCode = 1;
}
