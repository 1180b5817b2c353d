package org.web3j.ens;

import org.web3j.protocol.Web3j;

/**
 * Takes the place of web3j's resolver of the same name, which creates an OkHttp client in every
 * contract wrapper. An address here is an address and never a name, so there is nothing to resolve.
 */
public final class EnsResolver {

  /** How web3j's contracts and transaction senders create it. */
  public EnsResolver(Web3j web3j) {}

  /** The address itself. */
  public String resolve(String address) {
    return address;
  }

  /** Names are not looked up, so it does not matter how old the chain's head is. */
  public long getSyncThreshold() {
    return 0;
  }

  /** Has no effect. */
  public void setSyncThreshold(long syncThreshold) {}
}
