package ai.ratio1.chain.internal;

import static ai.ratio1.chain.internal.Codes.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.internal.FaultyEndpoint.Fault;
import ai.ratio1.chain.testkit.AnvilProcess;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several endpoints of one chain, some of which misbehave. */
@Timeout(30)
class FailOverTest {

  private static final long CHAIN = 31337;
  private static final int LONGEST = 64 * 1024;
  private static final EvmAddress NOBODY = EvmAddress.parse("0x" + "12".repeat(20));

  private static AnvilProcess anvil;

  private final List<HttpJsonRpc> opened = new ArrayList<>();
  private FaultyEndpoint first;
  private FaultyEndpoint second;

  @BeforeAll
  static void start() {
    anvil = AnvilProcess.start();
  }

  @AfterAll
  static void stop() {
    anvil.close();
  }

  @BeforeEach
  void open() {
    first = FaultyEndpoint.before(anvil.uri());
    second = FaultyEndpoint.before(anvil.uri());
  }

  @AfterEach
  void close() {
    opened.forEach(HttpJsonRpc::close);
    first.close();
    second.close();
  }

  @Test
  void theFirstEndpointIsAskedWhileItAnswers() {
    JsonRpc rpc = rpc();
    assertThat(rpc.chainId()).isEqualTo(CHAIN);
    assertThat(rpc.balance(NOBODY)).isZero();
    assertThat(first.asked()).isEqualTo(2);
    assertThat(second.asked()).isZero();
  }

  static Stream<Named<Fault>> faults() {
    return Stream.of(
        Named.of("the request is lost", FaultyEndpoint.loseRequest()),
        Named.of("the answer is lost", FaultyEndpoint.loseAnswer()),
        Named.of("HTML", FaultyEndpoint.answer("<html>It works!</html>")),
        Named.of("half an answer", FaultyEndpoint.answer("{\"jsonrpc\":\"2.0\",\"id\":$ID,")),
        Named.of("a list", FaultyEndpoint.answer("[]")),
        Named.of("null", FaultyEndpoint.answer("null")),
        Named.of("nothing", FaultyEndpoint.answer("")),
        Named.of("an object that says nothing", FaultyEndpoint.answer("{}")),
        Named.of("text of no known encoding", FaultyEndpoint.answer("\u00ff\u00fe\u0000{")),
        Named.of("deeply nested", FaultyEndpoint.answer("[".repeat(50_000))),
        Named.of("the answer to another request", FaultyEndpoint.otherId()),
        Named.of("an answer that is too long", FaultyEndpoint.answer(" ".repeat(LONGEST + 1))),
        Named.of("an answer without end", FaultyEndpoint.endless()),
        Named.of("HTTP status 500", FaultyEndpoint.status(500)),
        Named.of("HTTP status 429", FaultyEndpoint.status(429)),
        Named.of("HTTP status 301", FaultyEndpoint.status(301)),
        Named.of("limit exceeded", FaultyEndpoint.error(-32005, "limit exceeded")),
        Named.of("rate limit", FaultyEndpoint.error(-32000, "Rate limit reached, slow down")),
        Named.of(
            "rate limit with data",
            FaultyEndpoint.error(
                "{\"code\":-32005,\"message\":\"daily request count exceeded\","
                    + "\"data\":{\"rate\":{\"allowed_rps\":1,\"backoff_seconds\":30}}}")),
        Named.of("internal error", FaultyEndpoint.error(-32603, "internal error")));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void theNextEndpointAnswersForTheFirst(Fault fault) {
    first.always(fault);
    assertThat(rpc().chainId()).isEqualTo(CHAIN);
    assertThat(first.asked()).isPositive();
    assertThat(second.asked()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whenNoneAnswersThatIsACodedFailure(Fault fault) {
    first.always(fault);
    second.always(fault);
    assertThatThrownBy(() -> rpc().chainId())
        .isInstanceOfSatisfying(
            R1Exception.class,
            failure -> assertThat(failure.code().text()).isIn("R1-CHAIN-001", "R1-CHAIN-002"));
  }

  @Test
  void theNextEndpointAnswersForOneThatRefusesConnections() {
    first.refuse();
    assertThat(rpc().chainId()).isEqualTo(CHAIN);
    assertThat(second.asked()).isEqualTo(1);
  }

  @RepeatedTest(3) // two clocks end the wait, and either may be the first
  void anEndpointThatHangsIsWaitedForOnce() {
    first.always(FaultyEndpoint.hang());
    JsonRpc rpc = rpc(Duration.ofSeconds(2), first.uri(), second.uri());
    assertThat(rpc.chainId()).isEqualTo(CHAIN);
    assertThat(first.asked()).isEqualTo(1);
    assertThat(second.asked()).isEqualTo(1);
  }

  @Test
  void anEndpointThatFailedRestsAndIsAskedAgainAfterwards() {
    JsonRpc rpc = rpc();
    long begin = System.nanoTime();
    first.always(FaultyEndpoint.loseRequest());
    assertThat(rpc.chainId()).isEqualTo(CHAIN);
    int asked = first.asked();
    first.heal();
    assertThat(rpc.chainId()).isEqualTo(CHAIN);
    if (System.nanoTime() - begin < Duration.ofMillis(250).toNanos()) {
      assertThat(first.asked()).as("it rests").isEqualTo(asked);
    }
    Await.until(
        "the first is asked again",
        Duration.ofSeconds(5),
        () -> rpc.chainId() == CHAIN && first.asked() > asked);
    int elsewhere = second.asked();
    assertThat(rpc.chainId()).isEqualTo(CHAIN);
    assertThat(second.asked()).isEqualTo(elsewhere);
  }

  @Test
  void anEndpointThatRestsIsAskedWhenNothingElseIsLeft() {
    JsonRpc rpc = rpc();
    first.always(FaultyEndpoint.loseRequest());
    assertThat(rpc.chainId()).isEqualTo(CHAIN);
    first.heal();
    second.refuse();
    assertThat(rpc.chainId()).isEqualTo(CHAIN);
  }

  @Test
  void aConnectionThatDiedWithItsServerIsReplacedWithoutAFailure() {
    HttpJsonRpc http = http(Duration.ofSeconds(5), first.uri());
    JsonRpc rpc = new JsonRpc(http, BuildLists.reasons());
    assertThat(rpc.chainId()).isEqualTo(CHAIN);
    first.refuse();
    first.listenAgain();
    assertThat(rpc.chainId()).isEqualTo(CHAIN);
    assertThat(http.failures()).isZero();
  }

  @Test
  void noEndpointThatAnswersIsOneFailureThatNamesThemAllButNoSecret() {
    first.refuse();
    second.always(FaultyEndpoint.answer("garbage"));
    JsonRpc rpc =
        rpc(
            Duration.ofSeconds(5),
            first.uri().resolve("/v3/SECRET"),
            second.uri().resolve("/?key=SECRET"));
    assertFails("001", rpc::chainId)
        .hasMessageContaining(first.uri().getAuthority())
        .hasMessageContaining(second.uri().getAuthority())
        .hasMessageContaining("not JSON-RPC")
        .hasMessageContaining("ConnectException")
        .hasMessageNotContaining("SECRET");
  }

  @Test
  void whenEveryEndpointIsInTroubleItsOwnMessageIsTold() {
    first.always(FaultyEndpoint.error(-32005, "limit exceeded\\n\\u0007"));
    second.always(FaultyEndpoint.error(-32005, "limit exceeded\\n\\u0007"));
    assertFails("002", () -> rpc().chainId()).hasMessageContaining("code -32005: limit exceeded.");
  }

  @Test
  void whatAContractSaysIsNotAskedForTwice() {
    first.always(
        FaultyEndpoint.error(
            "{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x4e487b71"
                + "0".repeat(62)
                + "11\"}"));
    assertFails("010", () -> rpc().estimateGas(NOBODY, NOBODY, "0x"))
        .hasMessageContaining("Panic(17)");
    first.always(FaultyEndpoint.error(-32603, "VM execution error: reverted"));
    assertFails("010", () -> rpc().estimateGas(NOBODY, NOBODY, "0x"));
    assertThat(second.asked()).isZero();
  }

  @Test
  void whatEveryEndpointWouldSayIsNotAskedForTwice() {
    first.always(FaultyEndpoint.error(-32602, "invalid argument 0"));
    assertFails("002", () -> rpc().chainId()).hasMessageContaining("invalid argument 0");
    assertThat(second.asked()).isZero();
  }

  @Test
  void anAnswerThatMakesNoSenseIsACodedFailure() {
    for (String nonsense : List.of("null", "\"\"", "\"0xzz\"", "\"0x" + "f".repeat(64) + "\"")) {
      first.always(FaultyEndpoint.result(nonsense));
      assertFails("003", () -> rpc().chainId());
    }
    first.always(FaultyEndpoint.answer("{\"id\":$ID}"));
    assertFails("003", () -> rpc().chainId());
    assertFails("003", () -> rpc().call(NOBODY, "0x"));
    assertFails("003", () -> rpc().fees());
    assertFails("003", () -> rpc().logs(List.of(NOBODY), 0, 1, List.of()));
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.SECONDS)
  void anInterruptEndsTheWait() {
    first.always(FaultyEndpoint.hang());
    JsonRpc rpc = rpc(Duration.ofSeconds(20), first.uri(), second.uri());
    Thread caller = Thread.currentThread();
    first.next(
        "eth_chainId",
        call -> {
          caller.interrupt();
          FaultyEndpoint.hang().meet(call);
        });
    assertFails("001", rpc::chainId);
    assertThat(Thread.interrupted()).as("still told to stop").isTrue();
    assertThat(second.asked()).isZero();
  }

  @Test
  void aClosedConnectionFailsAtOnce() {
    HttpJsonRpc http = http(Duration.ofSeconds(20), first.uri(), second.uri());
    http.close();
    assertFails("001", new JsonRpc(http, BuildLists.reasons())::chainId);
    assertThat(first.asked()).isZero();
  }

  private JsonRpc rpc() {
    return rpc(Duration.ofSeconds(5), first.uri(), second.uri());
  }

  private JsonRpc rpc(Duration timeout, URI... endpoints) {
    return new JsonRpc(http(timeout, endpoints), BuildLists.reasons());
  }

  private HttpJsonRpc http(Duration timeout, URI... endpoints) {
    HttpJsonRpc http = HttpJsonRpc.to(List.of(endpoints), timeout, LONGEST);
    opened.add(http);
    return http;
  }
}
