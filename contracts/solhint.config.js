// Every rule of solhint holds, but for those named here with the reason.
const { readFileSync, readdirSync } = require("fs");
const { join } = require("path");

const off = [
  // The style of the sources differs on purpose.
  "comprehensive-interface", // contracts are their own interface: clients use the generated ABI
  "immutable-vars-naming", // an immutable is read as a function, so it is named like one
  "interface-starts-with-i", // names are the field's words, without a prefix
  "imports-order", // sorted by name, not by file
  "ordering", // functions stand next to those they belong to
  "func-named-parameters", // parameters are few and typed
  "private-vars-leading-underscore", // constants and functions of libraries have none
  "named-parameters-mapping", // a value is named by its mapping
  // Gas is measured by the snapshot; these cost words or ABI that clients read.
  "gas-calldata-parameters",
  "gas-custom-errors",
  "gas-increment-by-one",
  "gas-indexed-events",
  "gas-length-in-loops",
  "gas-multitoken1155",
  "gas-named-return-values",
  "gas-small-strings",
  "gas-strict-inequalities",
  "gas-struct-packing",
  // Needed by what the contracts do.
  "not-rely-on-time", // epochs, deadlines and time-locks are times; seconds of drift do not matter
  "no-empty-blocks", // a permit that fails is no failure: the allowance decides
  "no-inline-assembly", // shortening an array in place and code as storage have no other way
  // Test names are sentences, and tests set the clock.
  "foundry-test-functions",
  "foundry-test-function-naming",
  "foundry-no-block-time-number",
];

/** Names of all events: their fields explain themselves, and the rule knows exceptions by name only. */
function events() {
  const files = readdirSync(join(__dirname, "src"), { recursive: true }).filter((name) => name.endsWith(".sol"));
  const sources = files.map((name) => readFileSync(join(__dirname, "src", name), "utf8"));
  return sources.flatMap((source) => [...source.matchAll(/^ +event (\w+)/gm)].map(([, name]) => name));
}

module.exports = {
  extends: "solhint:all",
  rules: {
    ...Object.fromEntries(off.map((rule) => [rule, "off"])),
    "code-complexity": ["error", 10],
    "compiler-version": ["error", "0.8.28"],
    "func-visibility": ["error", { ignoreConstructors: true }],
    "max-line-length": ["error", 120],
    "use-natspec": [
      "error",
      {
        author: { enabled: false },
        notice: { enabled: false },
        param: { enabled: true, ignore: { event: events() } },
        return: { enabled: false },
        title: { enabled: true },
      },
    ],
  },
};
