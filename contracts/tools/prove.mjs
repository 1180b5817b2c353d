// Proves the assertions of smt/*.sol, and that nothing in them overflows, with the model checker of
// the compiler. No timeout is set: the compiler would need threads for it, and dies.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "./chain.mjs";

const require = createRequire(import.meta.url);
const SAFE = "9576";

export function prove() {
  const solc = require("solc");
  for (const name of readdirSync(join(root, "smt")).sort()) {
    const source = readFileSync(join(root, "smt", name), "utf8");
    requireSameLines(name, source);
    const begin = Date.now();
    const messages = JSON.parse(solc.compile(JSON.stringify(input(name, source)))).errors ?? [];
    const safe = messages.filter((message) => message.errorCode === SAFE);
    const others = messages.filter((message) => message.errorCode !== SAFE);
    const proved = safe.filter((message) => message.message.includes("Assertion violation"));
    const asserted = source.match(/\bassert\(/g)?.length ?? 0;
    if (asserted === 0 || others.length > 0 || proved.length !== asserted) {
      others.forEach((message) => console.error(message.formattedMessage));
      throw new Error(`smt/${name}: ${proved.length} of ${asserted} assertions proved`);
    }
    const seconds = ((Date.now() - begin) / 1000).toFixed(1);
    console.log(`smt/${name}: ${asserted} assertions proved, ${safe.length} checks, ${seconds} s`);
  }
}

function input(name, content) {
  return {
    language: "Solidity",
    sources: { [name]: { content } },
    settings: {
      outputSelection: { "*": { "*": [] } },
      modelChecker: {
        contracts: { [name]: [name.replace(".sol", "")] },
        engine: "chc",
        solvers: ["z3"],
        targets: ["assert", "overflow", "underflow", "divByZero"],
        showProvedSafe: true,
        showUnproved: true,
      },
    },
  };
}

/** What is proven must be what the contract computes: lines between marks stand in both. */
function requireSameLines(name, source) {
  for (const [, path, block] of source.matchAll(/\/\/ lines of (\S+)\n([^]*?)\/\/ end of lines/g)) {
    const lines = new Set(readFileSync(join(root, path), "utf8").split("\n").map((line) => line.trim()));
    for (const line of block.split("\n").map((text) => text.trim()).filter((text) => text !== "")) {
      if (!lines.has(line)) throw new Error(`smt/${name}: ${path} has no line ${line}`);
    }
  }
}
