package ai.ratio1.apbft.internal.core.message;

/** "I would be in this view." Sent again and again until there is a certificate. */
public sealed interface Wish extends Message permits ViewWish, DecisionWish {

  /** The view. */
  long view();
}
