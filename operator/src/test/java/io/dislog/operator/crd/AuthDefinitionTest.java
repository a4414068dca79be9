package io.dislog.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.ApiServer;
import io.dislog.operator.ApiServerExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server lets pass of who may do what. */
@ExtendWith(ApiServerExtension.class)
class AuthDefinitionTest {

  private final ApiServer server;
  private String namespace = "";

  AuthDefinitionTest(ApiServer server) {
    this.server = server;
  }

  @BeforeEach
  void inANamespaceOfItsOwn() {
    namespace = server.newNamespace();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "issuers: [{name: corp}]|has nothing but its name; any other one has a url",
        "issuers: [{name: corp, url: 'https://a.b'}]|any other one has a url and an audience",
        "issuers: [{name: kubernetes, audience: x}]|has nothing but its name",
        "issuers: [{name: corp, url: 'http://a.b', audience: x}]|begins with https://",
        "issuers: [{name: corp, url: 'https://a.b?c', audience: x}]|no query",
        "issuers: [{name: Corp, url: 'https://a.b', audience: x}]|lower-case letters",
        "issuers: [{name: kubernetes}, {name: kubernetes}]|each issuer has a name of its own",
        "issuers: []|should have at least 1 items",
        "rules: [{who: [a], may: [read]}]|a rule names the logs that it is about",
        "rules: [{who: [a], may: [admin, read]}]|a rule names the logs that it is about",
        "rules: [{who: [a], may: [write], logs: ['*']}]|a right must be read, append, consume, manage or admin",
        "rules: [{who: [a], may: [], logs: ['*']}]|should have at least 1 items",
        "rules: [{who: [''], may: [read], logs: ['*']}]|who[0] in body should be at least 1 chars",
        "rules: [{who: [' '], may: [read], logs: ['*']}]|a name in who is empty",
        "rules: [{who: [a], may: [read], logs: ['a*b']}]|a '*' is allowed at the end of a name alone",
        "rules: [{who: [a], may: [read], logs: ['**']}]|a '*' is allowed at the end of a name alone",
        "rules: [{who: [a], may: [read], logs: ['stream:']}]|after 'stream:' comes a path",
        "rules: [{who: [a], may: [read], logs: ['']}]|logs[0] in body should be at least 1 chars",
        "rules: [{who: [a], may: [read], logs: ['a'], consumers: ['*a']}]|a '*' is allowed at the end",
        "rules: [{may: [read], logs: ['a']}]|spec.auth.rules[0].who",
        "rules: [{who: [a], may: [read], logs: ['a'], log: b}]|unknown field"
      })
  void whatCannotWorkIsRefused(String auth, String message) {
    Resource changed = Resource.least().with("spec: {auth: {%s}}".formatted(auth));
    assertThat(Resource.refusal(() -> changed.create(server.client(), namespace, true)))
        .contains(message);
  }

  @Test
  void whatCanIsTaken() {
    Resource.least()
        .with(
            """
            spec:
              auth:
                issuers:
                  - {name: kubernetes}
                  - {name: corp, url: 'https://login.example/realms/main', audience: dislog, caConfigMap: corp-ca}
                rules:
                  - {who: ['system:serviceaccount:shop:till'], may: [append, read], logs: [orders, 'shop-*', 'stream:shop/*', '*', 'stream:*']}
                  - {who: ['oidc:corp:group:ops'], may: [admin]}
                  - {who: [anonymous], may: [consume], logs: [a], consumers: ['b-*']}
            """)
        .create(server.client(), namespace, true);
  }
}
