package ai.ratio1.wire.evm;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.nio.charset.StandardCharsets;

/** Typed structured data (EIP-712): what a wallet or oracle signs and a contract recovers. */
public final class Eip712 {

  private static final Bytes32 DOMAIN =
      typeHash(
          "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
  private static final byte[] PREFIX = {0x19, 0x01};

  private Eip712() {}

  /** Keccak-256 of an encoded type, such as {@code Mail(address to,string text)}. */
  public static Bytes32 typeHash(String type) {
    return text(type);
  }

  /** Keccak-256 of a dynamic {@code string} member. */
  public static Bytes32 text(String value) {
    return Keccak256.of(value.getBytes(StandardCharsets.UTF_8));
  }

  /** The domain separator. */
  public static Bytes32 domain(String name, String version, long chainId, EvmAddress contract) {
    return new AbiWords()
        .bytes32(DOMAIN)
        .bytes32(text(name))
        .bytes32(text(version))
        .uint(chainId)
        .address(contract)
        .hash();
  }

  /** The digest that is signed. */
  public static Bytes32 digest(Bytes32 domain, Bytes32 structHash) {
    return Keccak256.of(PREFIX, domain.toArray(), structHash.toArray());
  }
}
