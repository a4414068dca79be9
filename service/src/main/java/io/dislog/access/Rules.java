package io.dislog.access;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is allowed to whom. Safe for use by many threads. */
public final class Rules {

  /** Nothing is allowed to anybody. */
  public static final Rules NONE = new Rules(List.of());

  /** Where nobody has written rules: all of every log for everybody. */
  public static final Rules OPEN =
      new Rules(
          List.of(
              new Rule(
                  Set.of(Principal.Anonymous.NAME),
                  Rights.OF_LOGS,
                  List.of(LogPattern.parse("*")),
                  null)));

  private static final int MOST_PRINCIPALS = 10_000;

  private final List<Rule> rules;
  private final Grants anonymous;
  private final Map<Principal, Grants> known = new ConcurrentHashMap<>();

  Rules(List<Rule> rules) {
    this.rules = List.copyOf(rules);
    this.anonymous = grantsOf(Principal.Anonymous.NAME, Set.of());
  }

  /** What a principal may; everybody may what is allowed to nobody in particular. */
  public Grants of(Principal principal) {
    return switch (principal) {
      case Principal.Anonymous nobody -> anonymous;
      case Principal.Operator operator -> Grants.ALL;
      case Principal.Node node -> Grants.ALL;
      case Principal.Named named -> of(named);
    };
  }

  private Grants of(Principal.Named named) {
    Grants there = known.get(named);
    if (there != null) {
      return there;
    }
    if (known.size() >= MOST_PRINCIPALS) {
      known.clear();
    }
    Grants grants = grantsOf(named.name(), named.groups());
    known.put(named, grants);
    return grants;
  }

  private Grants grantsOf(String name, Set<String> groups) {
    Set<String> names = new HashSet<>(groups);
    names.add(name);
    names.add(Principal.Anonymous.NAME);
    return new Grants(
        rules.stream().filter(rule -> rule.who().stream().anyMatch(names::contains)).toList());
  }
}
