package io.dislog.quarkus.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Another release of Ratis may have other classes: what is told of it has to be there. */
final class ToldTest {

  private static Told told = nothing();

  @BeforeAll
  static void ask() throws IOException {
    told = Told.ofRatis();
  }

  @Test
  void everyClassIsThere() {
    assertThat(told.classes()).hasSizeGreaterThan(5);
    for (ReflectiveClassBuildItem item : told.classes()) {
      assertThat(item.getClassNames()).as(item.getReason()).isNotEmpty();
      assertThat(item.getClassNames()).as(item.getReason()).allSatisfy(ToldTest::load);
    }
  }

  @Test
  void everyServiceHasProviders() {
    assertThat(told.services()).hasSize(1);
    for (ServiceProviderBuildItem item : told.services()) {
      assertThat(item.providers()).as(item.serviceDescriptorFile()).isNotEmpty();
      assertThat(item.providers()).allSatisfy(ToldTest::load);
    }
  }

  @Test
  void everyResourceIsThere() {
    assertThat(told.resources())
        .flatMap(item -> item.getResources())
        .hasSize(1)
        .allSatisfy(name -> assertThat(ClassLoader.getSystemResource(name)).isNotNull());
  }

  @Test
  void whatIsCalledByNameHasThatMethod() {
    List<String> called = told.named("Ratis calls a static method of it by name");
    assertThat(called)
        .allSatisfy(name ->
            assertThat(load(name).getMethods())
                .extracting(Method::getName)
                .containsAnyOf("newRaftServer", "newRaftStorage"));
  }

  @Test
  void theApplicationsTransportIsMadeByItsName() {
    assertThat(told.named("Ratis makes an instance of it by its name"))
        .contains("io.dislog.quarkus.ratis.Told$Carrier");
  }

  @Test
  void messagesCanBeWrittenAsText() {
    List<String> messages = told.named("protobuf calls its methods by name");
    assertThat(messages)
        .contains(
            "org.apache.ratis.proto.RaftProtos$LogEntryProto",
            "org.apache.ratis.proto.RaftProtos$LogEntryProto$Builder",
            "org.apache.ratis.proto.RaftProtos$RaftPeerRole");
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ToldTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError("There is no class " + name, e);
    }
  }

  private static Told nothing() {
    return new Told(List.of(), List.of(), List.of());
  }
}
