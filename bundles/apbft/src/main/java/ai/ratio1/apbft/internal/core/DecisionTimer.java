package ai.ratio1.apbft.internal.core;

import ai.ratio1.consensus.Slot;

/**
 * Identifies a timer of a decision; setting it again replaces it.
 *
 * @param slot the slot it belongs to
 * @param purpose what it is for
 * @param view the view it belongs to, or 0
 */
public record DecisionTimer(Slot slot, Timer.Purpose purpose, long view) implements AnyTimer {}
