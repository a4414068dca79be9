package io.dislog.quarkus.ratis;

import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveFieldBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import java.util.List;

/**
 * Netty and gRPC as Ratis has them, under package names of its own, for which what Quarkus knows of
 * them does not hold. Without state.
 */
final class ShadedProcessor {

  private static final String GRPC = "org.apache.ratis.thirdparty.io.grpc.";
  private static final String NETTY = "org.apache.ratis.thirdparty.io.netty.";
  private static final String QUEUES = NETTY + "util.internal.shaded.org.jctools.queues.";

  /** gRPC's transport, its resolvers of names and its ways to balance. */
  @BuildStep
  void services(BuildProducer<ServiceProviderBuildItem> services) {
    for (String service :
        List.of(
            "ServerProvider",
            "ManagedChannelProvider",
            "NameResolverProvider",
            "LoadBalancerProvider")) {
      services.produce(ServiceProviderBuildItem.allProvidersFromClassPath(GRPC + service));
    }
  }

  @BuildStep
  void channels(BuildProducer<ReflectiveClassBuildItem> classes) {
    classes.produce(
        ReflectiveClassBuildItem.builder(
                NETTY + "channel.socket.nio.NioServerSocketChannel",
                NETTY + "channel.socket.nio.NioSocketChannel")
            .constructors()
            .reason("netty makes each channel by its class")
            .build());
  }

  /** Without them, the class that allocates buffers can't be initialized. */
  @BuildStep
  void leakDetection(BuildProducer<ReflectiveClassBuildItem> classes) {
    classes.produce(
        ReflectiveClassBuildItem.builder(
                NETTY + "util.ReferenceCountUtil",
                NETTY + "buffer.AbstractByteBufAllocator",
                NETTY + "buffer.AdvancedLeakAwareByteBuf")
            .queryMethods()
            .reason("netty looks for methods by name that its leak detection leaves out")
            .build());
  }

  /** What netty and its queues get at past the language: each asks for the place of a field. */
  @BuildStep
  void offsets(BuildProducer<ReflectiveFieldBuildItem> fields) {
    offset(fields, NETTY + "buffer.AbstractReferenceCountedByteBuf", "refCnt");
    offset(fields, NETTY + "util.AbstractReferenceCounted", "refCnt");
    offset(fields, QUEUES + "BaseLinkedQueueConsumerNodeRef", "consumerNode");
    offset(fields, QUEUES + "BaseLinkedQueueProducerNodeRef", "producerNode");
    offset(fields, QUEUES + "LinkedQueueNode", "next");
    offset(fields, QUEUES + "BaseMpscLinkedArrayQueueColdProducerFields", "producerLimit");
    offset(fields, QUEUES + "BaseMpscLinkedArrayQueueConsumerFields", "consumerIndex");
    offset(fields, QUEUES + "BaseMpscLinkedArrayQueueProducerFields", "producerIndex");
    offset(fields, QUEUES + "MpmcArrayQueueConsumerIndexField", "consumerIndex");
    offset(fields, QUEUES + "MpmcArrayQueueProducerIndexField", "producerIndex");
    offset(fields, QUEUES + "MpscArrayQueueConsumerIndexField", "consumerIndex");
    offset(fields, QUEUES + "MpscArrayQueueProducerIndexField", "producerIndex");
    offset(fields, QUEUES + "MpscArrayQueueProducerLimitField", "producerLimit");
    offset(fields, "java.nio.Buffer", "address");
  }

  private static void offset(
      BuildProducer<ReflectiveFieldBuildItem> fields, String declaringClass, String name) {
    fields.produce(new ReflectiveFieldBuildItem("netty asks for its offset", declaringClass, name));
  }

  @BuildStep
  void unsafe(BuildProducer<ReflectiveClassBuildItem> classes) {
    classes.produce(
        ReflectiveClassBuildItem.builder("sun.misc.Unsafe")
            .fields()
            .methods()
            .reason("netty looks whether all that it needs of it is there")
            .build());
  }

  /** Netty's version, of which it tells. */
  @BuildStep
  NativeImageResourceBuildItem resources() {
    return new NativeImageResourceBuildItem("META-INF/io.netty.versions.properties");
  }
}
