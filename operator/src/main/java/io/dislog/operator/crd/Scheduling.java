package io.dislog.operator.crd;

/** What the API server lets pass of where pods run: what it would refuse of the pods themselves. */
final class Scheduling {

  /** Of a list. */
  static final long MAX_ITEMS = 64;

  /** Of what stands within such a list and says nothing of its own length. */
  static final long MAX_LENGTH = 317;

  /** CEL: whether all are tolerations. */
  static final String TOLERATE =
      "self.all(one, (!has(one.operator) || one.operator in ['', 'Exists', 'Equal'])"
          + " && (!has(one.effect) || one.effect in ['', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'])"
          + " && ((has(one.key) && one.key != '') || (has(one.operator) && one.operator == 'Exists'))"
          + " && (!has(one.operator) || one.operator != 'Exists' || !has(one.value) || one.value == '')"
          + " && (!has(one.tolerationSeconds) || (has(one.effect) && one.effect == 'NoExecute')))";

  static final String TOLERATE_MESSAGE =
      "a toleration has operator Exists without a value, or Equal with a key; its effect is"
          + " NoSchedule, PreferNoSchedule or NoExecute, and tolerationSeconds is for NoExecute alone";

  /** CEL: whether all are constraints of a spread. */
  static final String SPREAD =
      "self.all(one, one.maxSkew >= 1 && one.topologyKey != ''"
          + " && one.whenUnsatisfiable in ['DoNotSchedule', 'ScheduleAnyway']"
          + " && (!has(one.minDomains) || (one.minDomains >= 1 && one.whenUnsatisfiable == 'DoNotSchedule')))";

  static final String SPREAD_MESSAGE =
      "a spread constraint has a maxSkew of at least 1, a topologyKey, and whenUnsatisfiable"
          + " DoNotSchedule or ScheduleAnyway; minDomains is at least 1, and for DoNotSchedule alone";

  /** CEL: whether all name a Secret. */
  static final String NAME_SECRETS =
      "self.all(one, one.name.matches('^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$'))";

  private Scheduling() {}
}
