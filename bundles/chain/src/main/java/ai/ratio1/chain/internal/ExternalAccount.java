package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.SignatureException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.crypto.transaction.type.Transaction1559;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.utils.Numeric;

/**
 * An account whose key an external signer holds. What comes back is checked: it must be the very
 * transaction that was asked for, signed by the very account.
 */
final class ExternalAccount implements SigningAccount {

  /** Most signers answer with the text itself, geth with an object that holds it. */
  static final class Signed extends Response<JsonNode> {

    String raw() {
      JsonNode result = getResult();
      if (result == null) {
        return "";
      }
      return (result.isObject() ? result.path("raw") : result).asText();
    }
  }

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_ANSWER = 1 << 20;

  private final HttpJsonRpc signer;
  private final EvmAddress address;

  ExternalAccount(URI signer, EvmAddress address) {
    this.signer = HttpJsonRpc.to(List.of(signer), TIMEOUT, MAX_ANSWER);
    this.address = address;
  }

  @Override
  public EvmAddress address() {
    return address;
  }

  @Override
  public String sign(RawTransaction transaction) {
    List<?> parameters = List.of(fields(transaction));
    try {
      Signed answer = new Request<>("eth_signTransaction", parameters, signer, Signed.class).send();
      if (answer.hasError()) {
        throw ChainFailure.SIGNER_FAILED.because(
            "The external signer refused: " + answer.getError().getMessage() + ".");
      }
      String raw = answer.raw();
      if (!isOurs(raw, transaction)) {
        throw ChainFailure.SIGNER_FAILED.because(
            "The external signer answered with something else than the signed transaction.");
      }
      return raw;
    } catch (IOException unreachable) {
      throw ChainFailure.SIGNER_FAILED.because(
          "The external signer does not answer: " + unreachable.getMessage() + ".", unreachable);
    }
  }

  @Override
  public byte[] sign(Bytes32 digest) {
    throw ChainFailure.CANNOT_SIGN.because(
        "The external signer of " + address + " is asked for transactions alone.");
  }

  @Override
  public void close() {
    signer.close();
  }

  private Map<String, String> fields(RawTransaction transaction) {
    Transaction1559 content = (Transaction1559) transaction.getTransaction();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("type", "0x2");
    fields.put("from", address.toHex());
    if (!transaction.getTo().isEmpty()) {
      fields.put("to", transaction.getTo());
    }
    fields.put("chainId", quantity(BigInteger.valueOf(content.getChainId())));
    fields.put("nonce", quantity(transaction.getNonce()));
    fields.put("gas", quantity(transaction.getGasLimit()));
    fields.put("maxPriorityFeePerGas", quantity(content.getMaxPriorityFeePerGas()));
    fields.put("maxFeePerGas", quantity(content.getMaxFeePerGas()));
    fields.put("value", quantity(transaction.getValue()));
    fields.put("data", Numeric.prependHexPrefix(transaction.getData()));
    return fields;
  }

  private boolean isOurs(String raw, RawTransaction asked) {
    try {
      RawTransaction given = TransactionDecoder.decode(raw);
      return given instanceof SignedRawTransaction signed
          && Numeric.toHexString(TransactionEncoder.encode(asked, signed.getSignatureData()))
              .equalsIgnoreCase(raw)
          && EvmAddress.parse(signed.getFrom()).equals(address);
    } catch (RuntimeException | SignatureException | StackOverflowError malformed) {
      return false; // The decoder follows lists in lists as deep as they go.
    }
  }

  private static String quantity(BigInteger value) {
    return Numeric.encodeQuantity(value);
  }
}
