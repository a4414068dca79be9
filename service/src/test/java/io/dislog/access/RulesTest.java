package io.dislog.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules allow, and how they are read. */
final class RulesTest {

  private static final LogName ORDERS = new LogName("orders", "orders");
  private static final LogName SHOP = new LogName("shop-1", "shop-1");
  private static final LogName STREAM = new LogName("x--shop_2f_54ill", "shop/Till");
  private static final LogName OTHER = new LogName("other", "other");
  private static final Principal TILL = new Principal.Named("system:serviceaccount:shop:till");

  private final Rules rules =
      RulesFormat.parse(
          """
          rules:
            - who: ["system:serviceaccount:shop:till", "cert:till-4"]
              may: [append, consume]
              logs: ["orders", "shop-*", "stream:shop/*"]
              consumers: ["till-*", "all"]
            - who: ["oidc:corp:group:ops"]
              may: [admin]
            - who: [writer]
              may: [manage]
              logs: ["*"]
          """);

  @Test
  void nobodyMayWhatNoRuleAllows() {
    assertThat(rules.of(new Principal.Anonymous()).isAny()).isFalse();
    assertThat(rules.of(new Principal.Anonymous()).on(ORDERS)).isEqualTo(Rights.NONE);
    assertThat(rules.of(new Principal.Named("stranger")).isAny()).isFalse();
    assertThat(rules.of(new Principal.Named("cert:till-5")).on(ORDERS).isEmpty()).isTrue();
    assertThat(rules.of(TILL).on(OTHER).isEmpty()).isTrue();
    assertThat(Rules.NONE.of(TILL).isAny()).isFalse();
  }

  @Test
  void aRuleNamesLogsByNameByTheBeginningOfOneAndByPath() {
    for (LogName log : new LogName[] {ORDERS, SHOP, STREAM}) {
      assertThat(rules.of(TILL).on(log).has(Right.APPEND)).as(log.name()).isTrue();
      assertThat(rules.of(new Principal.Named("cert:till-4")).on(log).has(Right.APPEND)).isTrue();
    }
    for (LogName log :
        new LogName[] {
          new LogName("orders2", "orders2"),
          new LogName("order", "order"),
          new LogName("my-shop-1", "my-shop-1"),
          new LogName("x--shop", null),
          new LogName("x--shop_2fb", "Shop/b"),
          new LogName("x--shop_2fb", null)
        }) {
      assertThat(rules.of(TILL).on(log).isEmpty()).as(log.name()).isTrue();
    }
  }

  @Test
  void consumeAndManageIncludeReadAndAdminEverything() {
    Rights till = rules.of(TILL).on(ORDERS);
    assertThat(till.has(Right.READ)).isTrue();
    assertThat(till.has(Right.MANAGE)).isFalse();
    Rights writer = rules.of(new Principal.Named("writer")).on(OTHER);
    assertThat(writer).isEqualTo(Rights.NONE.with(Right.MANAGE));
    assertThat(writer.has(Right.READ)).isTrue();
    assertThat(writer.has(Right.APPEND)).isFalse();
    Grants ops = rules.of(new Principal.Named("oidc:corp:sub:1", Set.of("oidc:corp:group:ops")));
    assertThat(ops.isAdmin()).isTrue();
    assertThat(ops.on(OTHER)).isEqualTo(Rights.ALL);
    assertThat(ops.allow(Right.CONSUME, OTHER, "any")).isTrue();
    assertThat(rules.of(new Principal.Operator()).isAdmin()).isTrue();
    assertThat(rules.of(new Principal.Node("a")).isAdmin()).isTrue();
    assertThat(rules.of(TILL).isAdmin()).isFalse();
  }

  @Test
  void aRuleLimitsConsumers() {
    Grants till = rules.of(TILL);
    assertThat(till.allow(Right.CONSUME, ORDERS, "till-4")).isTrue();
    assertThat(till.allow(Right.CONSUME, ORDERS, "all")).isTrue();
    assertThat(till.allow(Right.CONSUME, ORDERS, "billing")).isFalse();
    assertThat(till.allow(Right.CONSUME, ORDERS, "allx")).isFalse();
    assertThat(till.allow(Right.CONSUME, OTHER, "till-4")).isFalse();
  }

  @Test
  void everybodyMayWhatAnonymousMay() {
    Rules public_ = RulesFormat.parse("rules: [{who: [anonymous], may: [read], logs: ['news-*']}]");
    LogName news = new LogName("news-1", "news-1");
    assertThat(public_.of(new Principal.Anonymous()).on(news))
        .isEqualTo(Rights.NONE.with(Right.READ));
    assertThat(public_.of(TILL).on(news)).isEqualTo(Rights.NONE.with(Right.READ));
    assertThat(public_.of(TILL).isAny()).isTrue();
  }

  @Test
  void withoutRulesEverybodyMayEverythingOfLogs() {
    assertThat(Rules.OPEN.of(new Principal.Anonymous()).on(OTHER)).isEqualTo(Rights.OF_LOGS);
    assertThat(Rules.OPEN.of(new Principal.Anonymous()).isAdmin()).isFalse();
    assertThat(Rules.OPEN.of(TILL).allow(Right.CONSUME, OTHER, "c")).isTrue();
  }

  @Test
  void aLimitOfConsumersIsNotLostBesideARuleForAllLogs() {
    Rules limited =
        RulesFormat.parse(
            """
            rules:
              - {who: [a], may: [read], logs: ["*"]}
              - {who: [a], may: [consume], logs: ["*"], consumers: ["mine"]}
            """);
    Grants grants = limited.of(new Principal.Named("a"));
    assertThat(grants.allow(Right.CONSUME, OTHER, "mine")).isTrue();
    assertThat(grants.allow(Right.CONSUME, OTHER, "yours")).isFalse();
    assertThat(grants.allow(Right.READ, OTHER, null)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rules",
        "rules: {}",
        "rules: [] \n---\nrules: []",
        "{rules: [], more: 1}",
        "rules: [{who: [a], may: [read]}]",
        "rules: [{who: [a], may: [admin, read]}]",
        "rules: [{who: [a], may: [read], logs: []}]",
        "rules: [{who: [a], may: [read], logs: '*'}]",
        "rules: [{who: [a], may: [read], logs: ['a*b']}]",
        "rules: [{who: [a], may: [read], logs: ['']}]",
        "rules: [{who: [a], may: [write], logs: ['*']}]",
        "rules: [{who: [a], may: [], logs: ['*']}]",
        "rules: [{who: [], may: [read], logs: ['*']}]",
        "rules: [{who: [7], may: [read], logs: ['*']}]",
        "rules: [{who: a, may: [read], logs: ['*']}]",
        "rules: [{may: [read], logs: ['*']}]",
        "rules: [{who: [a], logs: ['*']}]",
        "rules: [{who: [a], who: [b], may: [read], logs: ['*']}]",
        "rules: [{who: [a], may: [read], logs: ['*'], log: ['b']}]",
        "rules: [{who: [a], may: [read], logs: ['*'], consumers: [3]}]",
        "rules: [a]",
        "rules: [{who: [a], may: [read], logs: ['*']}",
        "\t"
      })
  void whatIsNotUnderstoodIsRefusedAsAWhole(String text) {
    assertThatThrownBy(() -> RulesFormat.parse(text)).isInstanceOf(RulesException.class);
  }

  @Test
  void aRefusalNamesTheRule() {
    assertThatThrownBy(() ->
            RulesFormat.parse(
                """
                rules:
                  - {who: [a], may: [read], logs: ["*"]}
                  - {who: [a], may: [raed], logs: ["*"]}
                """))
        .hasMessage("rule 2: 'raed' is no right");
  }
}
