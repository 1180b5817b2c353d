// The rules of the sources, but for what tests do on purpose.
const { extends: base, rules } = require("./solhint.config.js");

module.exports = {
  extends: base,
  rules: {
    ...rules,
    "avoid-low-level-calls": "off", // what must fail is called by hand
    "code-complexity": "off", // a test goes through all fields of a struct
    "const-name-snakecase": "off", // vm is what every forge test calls it
    "func-name-mixedcase": "off", // forge wants test_ and invariant_
    "max-line-length": "off", // type strings of EIP-712 stand in one piece, as they are hashed
    "one-contract-per-file": "off", // what a test drives stands beside it
    "var-name-mixedcase": "off", // what a fixture deploys once reads like a constant
    "use-natspec": "off", // a test's name says it
  },
};
