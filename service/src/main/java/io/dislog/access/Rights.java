package io.dislog.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * A set of rights with all that they include. Immutable.
 *
 * @param all of them
 */
public record Rights(Set<Right> all) {

  public static final Rights NONE = new Rights(Set.of());

  /** All that can be allowed to a log. */
  public static final Rights OF_LOGS =
      NONE.with(Right.READ).with(Right.APPEND).with(Right.CONSUME).with(Right.MANAGE);

  public static final Rights ALL = NONE.with(Right.ADMIN);

  public Rights {
    all = Set.copyOf(all);
  }

  /** These and one more, with what that one includes. */
  public Rights with(Right right) {
    return with(new Rights(including(right)));
  }

  public Rights with(Rights others) {
    EnumSet<Right> both = EnumSet.noneOf(Right.class);
    both.addAll(all);
    both.addAll(others.all);
    return new Rights(both);
  }

  public boolean has(Right right) {
    return all.contains(right);
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  private static Set<Right> including(Right right) {
    return switch (right) {
      case READ, APPEND -> EnumSet.of(right);
      case CONSUME, MANAGE -> EnumSet.of(right, Right.READ);
      case ADMIN -> EnumSet.allOf(Right.class);
    };
  }
}
