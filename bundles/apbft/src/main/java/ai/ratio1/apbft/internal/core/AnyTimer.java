package ai.ratio1.apbft.internal.core;

/** Something that {@link Timer}s and {@link DecisionTimer}s are. */
public sealed interface AnyTimer permits Timer, DecisionTimer {}
