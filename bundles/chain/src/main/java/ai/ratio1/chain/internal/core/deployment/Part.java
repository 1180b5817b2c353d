package ai.ratio1.chain.internal.core.deployment;

/** The contracts of a network, in the order in which they are deployed. */
public enum Part {
  MULTISIG("Multisig"),
  ENTITIES("Entities"),
  /** Has nothing before it that depends on the price feed: a pair can be made for its address. */
  R1("R1"),
  NODE_REGISTRY("NodeRegistry"),
  NODE_DEED("NodeDeed"),
  MASTER_DEED("MasterDeed"),
  GENESIS_DEED("GenesisDeed"),
  TREASURY("Treasury"),
  REWARDS("Rewards"),
  DIRECTORY("Directory"),
  DEV_MINTER("DevMinter"),
  FIXED_PRICE_FEED("FixedPriceFeed"),
  TWAP_PRICE_FEED("TwapPriceFeed"),
  /** Refuses to exist unless those before it are joined as they must be. */
  CONTROLLER("Controller"),
  JOB_PRICES("JobPrices"),
  ESCROW("Escrow"),
  AUDIT_LOG("AuditLog"),
  CHALLENGES("Challenges"),
  RELEASE_REGISTRY("ReleaseRegistry"),
  READER("Reader"),
  FAUCET("Faucet");

  private final String source;

  Part(String source) {
    this.source = source;
  }

  /** Name of the contract in its source. */
  public String source() {
    return source;
  }

  /** Name under which clients find it. */
  public String title() {
    return this == FIXED_PRICE_FEED || this == TWAP_PRICE_FEED ? Sites.FEED : source;
  }
}
