package io.dislog.quarkus.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.ratis.protocol.exceptions.ReadException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Another release of Ratis may have other classes: what is told of it has to be there. */
final class ToldTest {

  private static final String NETTY = "org.apache.ratis.thirdparty.io.netty.";
  private static final String QUEUES = NETTY + "util.internal.shaded.org.jctools.queues.";

  private static Told told = nothing();

  @BeforeAll
  static void ask() throws IOException {
    told = Told.ofRatis();
  }

  @Test
  void everyClassIsThere() {
    assertThat(told.classes()).hasSizeGreaterThan(8);
    for (ReflectiveClassBuildItem item : told.classes()) {
      assertThat(item.getClassNames()).as(item.getReason()).isNotEmpty();
      assertThat(item.getClassNames()).as(item.getReason()).allSatisfy(ToldTest::load);
    }
  }

  @Test
  void nettysQueuesAndCountsOfReferencesAreFound() {
    assertThat(told.fields())
        .extracting(item -> item.getDeclaringClass() + "." + item.getName())
        .contains(
            NETTY + "buffer.AbstractReferenceCountedByteBuf.refCnt",
            NETTY + "buffer.AdaptivePoolingAllocator$Chunk.refCnt",
            QUEUES + "BaseMpscLinkedArrayQueueProducerFields.producerIndex",
            QUEUES + "LinkedQueueNode.next",
            QUEUES + "unpadded.MpscUnpaddedArrayQueueProducerLimitField.producerLimit",
            "java.nio.Buffer.address")
        .hasSizeBetween(15, 50);
  }

  @Test
  void everyServiceHasProviders() {
    assertThat(told.services()).hasSize(5);
    for (ServiceProviderBuildItem item : told.services()) {
      assertThat(item.providers()).as(item.serviceDescriptorFile()).isNotEmpty();
      assertThat(item.providers()).allSatisfy(ToldTest::load);
    }
  }

  @Test
  void everyResourceIsThere() {
    assertThat(told.resources())
        .flatMap(item -> item.getResources())
        .hasSize(2)
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
  void exceptionsOfTheJdkOfRatisAndOfTheApplicationAreSent() {
    List<String> sent = told.named("Ratis sends exceptions to other nodes");
    assertThat(sent)
        .contains(
            "java.lang.Throwable",
            "java.io.IOException",
            "java.util.concurrent.CompletionException",
            "org.apache.ratis.protocol.exceptions.NotLeaderException",
            "org.apache.ratis.server.raftlog.RaftLogIOException",
            "io.dislog.quarkus.ratis.Told$Refusal")
        .doesNotContain("io.dislog.quarkus.ratis.Told")
        .noneMatch(name -> name.contains(".thirdparty."))
        .allSatisfy(name -> assertThat(load(name)).isAssignableTo(Throwable.class));
  }

  @Test
  void allThatIsInASentExceptionIsSent() throws IOException {
    Exception sent = new ReadException(new CompletionException(new IOException("gone")));
    sent.addSuppressed(new EOFException());
    List<String> written = new ArrayList<>();
    try (ObjectOutputStream out = new Described(written)) {
      out.writeObject(sent);
    }
    assertThat(written).contains("java.util.concurrent.CompletionException");
    assertThat(serializable()).containsAll(written).contains("java.lang.String");
  }

  private static List<String> serializable() {
    return told.classes().stream()
        .filter(ReflectiveClassBuildItem::isSerialization)
        .flatMap(item -> item.getClassNames().stream())
        .toList();
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

  /** Tells of the classes that it writes. */
  private static final class Described extends ObjectOutputStream {
    private final List<String> written;

    Described(List<String> written) throws IOException {
      super(OutputStream.nullOutputStream());
      this.written = written;
    }

    @Override
    protected void annotateClass(Class<?> type) {
      written.add(type.getTypeName());
    }
  }

  private static Class<?> load(String name) {
    try {
      return name.endsWith("[]")
          ? load(name.substring(0, name.length() - 2)).arrayType()
          : Class.forName(name, false, ToldTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError("There is no class " + name, e);
    }
  }

  private static Told nothing() {
    return new Told(List.of(), List.of(), List.of(), List.of());
  }
}
