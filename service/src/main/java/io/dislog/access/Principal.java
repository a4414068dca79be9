package io.dislog.access;

import java.util.Set;

/** Who asks. Immutable. */
public sealed interface Principal {

  /** As rules and the audit log name it. */
  String name();

  /** Whether it showed a credential. */
  default boolean isKnown() {
    return true;
  }

  /** Whoever shows no credential. */
  record Anonymous() implements Principal {

    static final String NAME = "anonymous";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public boolean isKnown() {
      return false;
    }
  }

  /**
   * Somebody whom rules can name, by the name or one of the groups.
   *
   * @param groups by their whole names
   */
  record Named(String name, Set<String> groups) implements Principal {

    public Named {
      groups = Set.copyOf(groups);
    }

    public Named(String name) {
      this(name, Set.of());
    }
  }

  /**
   * Another node of the cluster; no rule names it.
   *
   * @param id as its configuration says
   */
  record Node(String id) implements Principal {

    @Override
    public String name() {
      return "node:" + id;
    }
  }

  /** The operator; no rule names it. */
  record Operator() implements Principal {

    @Override
    public String name() {
      return "operator";
    }
  }
}
