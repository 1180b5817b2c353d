package ai.ratio1.outcome;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * The artefacts of an epoch as a document that people, other programs and later years can read
 * (docs/reference/epoch-artefacts.md).
 */
public final class ArtefactsJson {

  /** The format, and its version. */
  public static final String FORMAT = "ratio1-epoch-artefacts-1";

  /** How long a document may be, in bytes: a million rows. */
  public static final int LARGEST = 256 << 20;

  private static final JsonLimits LIMITS = new JsonLimits(LARGEST, 8, 64, 4 << 20, 20, 20_000_000);
  private static final long UINT32 = 0xffff_ffffL;

  private ArtefactsJson() {}

  /** Writes a document: the same artefacts always give the same bytes. */
  public static byte[] write(EpochArtefacts artefacts) {
    ObjectNode json = SignedEpochJson.write(artefacts.signed());
    json.put("format", FORMAT);
    EndedEpoch ended = artefacts.ended();
    json.put("beacon", ended.beacon().toHex());
    ObjectNode lookback = json.putObject("lookback").put("settled", ended.lookback().settled());
    ended
        .lookback()
        .view()
        .ifPresentOrElse(view -> lookback.put("view", view), () -> lookback.putNull("view"));
    ArrayNode rows = json.putArray("rows");
    ended
        .rows()
        .forEach(row -> rows.addArray().add(row.licence().toString()).add(row.node().toHex()));
    rates(json.putArray("rates"), ended.rates());
    ObjectNode before = json.putObject("before");
    ArrayNode rewards = before.putArray("rewards");
    for (CumulativeReward reward : artefacts.before().rewards().all()) {
      rewards
          .addArray()
          .add(reward.licence().toString())
          .add(reward.credits().toString())
          .add(reward.weight().toString());
    }
    before.set("standing", artefacts.before().standing().map(ArtefactsJson::standing).orElse(null));
    Fields.texts(json.putArray("tables"), artefacts.tables(), Base64.getEncoder()::encodeToString);
    return Json.bytes(json);
  }

  /** Most rows have the rate of the row before them, so runs are written. */
  private static void rates(ArrayNode into, List<BigInteger> rates) {
    for (int begin = 0, end; begin < rates.size(); begin = end) {
      end = begin + 1;
      while (end < rates.size() && rates.get(end).equals(rates.get(begin))) {
        end++;
      }
      into.addArray().add(end - begin).add(rates.get(begin).toString());
    }
  }

  private static ObjectNode standing(Standing standing) {
    ObjectNode json = Json.object();
    json.set("now", reputations(standing.now()));
    json.set("before", reputations(standing.before()));
    Fields.texts(json.putArray("leaders"), standing.leaders(), EvmAddress::toHex);
    return json;
  }

  private static ObjectNode reputations(Reputations reputations) {
    ObjectNode json = Json.object();
    Fields.texts(json.putArray("oracles"), reputations.oracles(), EvmAddress::toHex);
    Fields.numbers(json.putArray("values"), reputations.values(), Integer::intValue);
    return json;
  }

  /**
   * Reads a document; nothing in it is proven.
   *
   * @throws R1Exception {@code R1-OUTCOME-001} when it is none
   */
  public static EpochArtefacts read(byte[] document) {
    try {
      Fields json = new Fields(new Json(LIMITS).parseObject(document));
      if (!json.text("format").equals(FORMAT)) {
        throw new IllegalArgumentException("format is not " + FORMAT);
      }
      SignedEpoch signed = SignedEpochJson.read(json);
      return new EpochArtefacts(
          signed,
          ended(signed, json),
          before(json.object("before")),
          json.list("tables", element -> Base64.getDecoder().decode(element.asText())));
    } catch (R1Exception
        | IllegalArgumentException
        | ArithmeticException
        | DateTimeException wrong) {
      throw OutcomeError.NO_ARTEFACTS.because(
          "These are no artefacts of an epoch: " + wrong.getMessage() + ".", wrong);
    }
  }

  private static EndedEpoch ended(SignedEpoch signed, Fields json) {
    List<RegistryRow> rows = json.list("rows", ArtefactsJson::row);
    Fields lookback = json.object("lookback");
    OptionalLong view =
        lookback.node().path("view").isNull()
            ? OptionalLong.empty()
            : OptionalLong.of(lookback.number("view", UINT32));
    return new EndedEpoch(
        signed.epoch(),
        signed.schedule(),
        signed.oracles(),
        json.hash("beacon"),
        rows,
        rates(json, rows.size()),
        new Lookback(lookback.flag("settled"), view));
  }

  private static RegistryRow row(JsonNode element) {
    ArrayNode row = Fields.tuple(element, 2);
    return new RegistryRow(
        LicenceId.parse(row.get(0).asText()), EvmAddress.parse(row.get(1).asText()));
  }

  private static List<BigInteger> rates(Fields json, int rows) {
    List<BigInteger> rates = new ArrayList<>();
    for (JsonNode element : json.list("rates", run -> run)) {
      ArrayNode run = Fields.tuple(element, 2);
      int length = run.get(0).asInt();
      if (length < 1 || length > rows - rates.size()) {
        throw new IllegalArgumentException("a run of " + length + " rates");
      }
      rates.addAll(Collections.nCopies(length, Fields.amount(run.get(1))));
    }
    return rates;
  }

  private static EpochState before(Fields json) {
    List<CumulativeReward> rewards =
        json.list(
            "rewards",
            element -> {
              ArrayNode reward = Fields.tuple(element, 3);
              return new CumulativeReward(
                  LicenceId.parse(reward.get(0).asText()),
                  Fields.amount(reward.get(1)),
                  Fields.amount(reward.get(2)));
            });
    return new EpochState(
        CumulativeRewards.of(rewards), json.optional("standing", ArtefactsJson::standing));
  }

  private static Standing standing(Fields json) {
    return new Standing(
        reputations(json.object("now")),
        reputations(json.object("before")),
        json.list("leaders", element -> EvmAddress.parse(element.asText())));
  }

  private static Reputations reputations(Fields json) {
    return new Reputations(
        json.list("oracles", element -> EvmAddress.parse(element.asText())),
        json.list("values", JsonNode::asInt));
  }
}
