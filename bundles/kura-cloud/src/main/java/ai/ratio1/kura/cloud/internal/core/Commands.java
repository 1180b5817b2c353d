package ai.ratio1.kura.cloud.internal.core;

import ai.ratio1.base.R1Exception;
import ai.ratio1.http.Door;
import ai.ratio1.http.ProblemException;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers what a cloud asks: the words of a topic, which a stranger may have written. What cannot
 * be read on the node's doors cannot be read here, and nothing can be changed. Thread-safe.
 */
public final class Commands {

  /** Longest answer in bytes; brokers refuse longer messages sooner or later. */
  public static final int LONGEST_ANSWER = 1 << 16;

  private static final int MOST_WORDS = 2;
  private static final int LONGEST_WORD = 20;
  private static final int ROWS = 20;
  private static final String REMOTE = "cloud";

  private final Function<String, Optional<Door>> doors;
  private final BiConsumer<List<String>, RuntimeException> failures;

  /**
   * Commands.
   *
   * @param doors the doors that are open now, by path
   * @param failures told of what failed unexpectedly, with the words of the command
   */
  public Commands(
      Function<String, Optional<Door>> doors, BiConsumer<List<String>, RuntimeException> failures) {
    this.doors = doors;
    this.failures = failures;
  }

  /**
   * Answers a GET; never throws.
   *
   * @param words what the message says the words are; it may be anything
   */
  public Reply get(@Nullable Object words) {
    List<String> checked = List.of();
    try {
      checked = words(words);
      byte[] body = read(checked);
      if (body.length > LONGEST_ANSWER) {
        throw CloudError.TOO_LARGE.because(
            "The answer has " + body.length + " bytes, more than " + LONGEST_ANSWER + ".");
      }
      return Reply.of(body);
    } catch (R1Exception e) {
      return Reply.refusal(e);
    } catch (RuntimeException e) {
      failures.accept(checked, e);
      return Reply.refusal(CloudError.FAILED.because("The node failed to answer."));
    }
  }

  private byte[] read(List<String> words) {
    return switch (String.join(" ", words)) {
      case "status" -> door("/v1/status", "", Map.of());
      case "check" -> door("/v1/bundles", "", Map.of());
      default -> epoch(words);
    };
  }

  private byte[] epoch(List<String> words) {
    if (words.size() != 2
        || !words.get(0).equals("epochs")
        || !words.get(1).matches("[0-9]{1,10}")) {
      throw CloudError.BAD_COMMAND.because("There is no such command.");
    }
    return door("/v1/epochs", "/" + words.get(1), Map.of("limit", Integer.toString(ROWS)));
  }

  private byte[] door(String path, String below, Map<String, String> query) {
    Door door =
        doors
            .apply(path)
            .orElseThrow(() -> CloudError.AWAY.because("The part that knows this does not run."));
    Response response = door.handle(new Request("GET", below, query, new byte[0], REMOTE));
    return response.body();
  }

  private static List<String> words(@Nullable Object words) {
    if (!(words instanceof List<?> list) || list.isEmpty() || list.size() > MOST_WORDS) {
      throw CloudError.BAD_COMMAND.because("A command has one word or two.");
    }
    List<String> texts = new ArrayList<>();
    for (Object word : list) {
      if (!(word instanceof String text) || text.length() > LONGEST_WORD) {
        throw CloudError.BAD_COMMAND.because(
            "A word of a command has at most " + LONGEST_WORD + " characters.");
      }
      texts.add(text);
    }
    return texts;
  }

  /**
   * What goes back.
   *
   * @param code 200, 400, 404 or 500: the codes that Kura's clouds know
   * @param message why not, empty when there is a body
   * @param body JSON, empty when there is a message
   */
  public record Reply(int code, String message, byte[] body) {

    private static final int NOT_FOUND = 404;
    private static final int OURS = 500;

    static Reply of(byte[] body) {
      return new Reply(200, "", body);
    }

    /** A refusal, with its code and its next step. */
    public static Reply refusal(R1Exception e) {
      int status = e instanceof ProblemException problem ? problem.status() : 400;
      int known = status == NOT_FOUND ? NOT_FOUND : status < OURS ? 400 : OURS;
      return new Reply(known, e.describe(), new byte[0]);
    }
  }
}
