package ai.ratio1.mqtt.internal;

import ai.ratio1.mqtt.internal.core.OutMessage;
import ai.ratio1.transport.Quality;
import java.util.concurrent.CompletionStage;

/**
 * One client of the broker, from its connecting to its end; never used again. Every call returns at
 * once, whatever state the client is in.
 */
interface Connection {

  /** What a connection tells, on its own threads; to be taken in a moment. */
  interface Events {

    /** The broker took the connection. */
    void opened();

    /** The connection could not be made, or ended, or cannot be used. */
    void failed(Throwable cause);

    /** The broker answered a subscription or its end. */
    void answered(String filter, boolean granted);

    /** The broker took a message. */
    void taken(long id);

    /** A message came. */
    void arrived(String topic, byte[] payload);
  }

  void open();

  void subscribe(String filter, Quality quality);

  void unsubscribe(String filter);

  void publish(OutMessage message);

  /** When it last gave a sign of life, on the monotonic clock. */
  long heardAt();

  /** Says good-bye and ends; the stage completes at its end, which may be an {@link #abandon}. */
  CompletionStage<Void> close();

  /**
   * Ends at once: the socket is closed, and its threads end. After it only messages are told that
   * have come already.
   */
  void abandon();
}
