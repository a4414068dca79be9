package io.dislog.quarkus.ratis;

import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveFieldBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.PrimitiveType;

/**
 * Netty and gRPC as Ratis has them, under package names of its own, for which what Quarkus knows of
 * them does not hold. Without state.
 */
final class ShadedProcessor {

  private static final String GRPC = "org.apache.ratis.thirdparty.io.grpc.";
  private static final String NETTY = "org.apache.ratis.thirdparty.io.netty.";
  private static final String OFFSETS = "netty asks for its offset";
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

  /**
   * What netty and its queues get at past the language. A queue's class has a constant for where
   * each of its fields is, but for those of bytes, which keep the others apart.
   */
  @BuildStep(onlyIf = NativeBuild.class)
  void offsets(CombinedIndexBuildItem combined, BuildProducer<ReflectiveFieldBuildItem> fields) {
    for (ClassInfo type : combined.getIndex().getKnownClasses()) {
      for (FieldInfo field : type.fields()) {
        if (isAskedFor(type, field)) {
          fields.produce(new ReflectiveFieldBuildItem(OFFSETS, field));
        }
      }
    }
    fields.produce(new ReflectiveFieldBuildItem(OFFSETS, "java.nio.Buffer", "address"));
  }

  private static boolean isAskedFor(ClassInfo type, FieldInfo field) {
    String name = type.name().toString();
    if (!name.startsWith(QUEUES)) {
      return name.startsWith(NETTY) && field.name().equals("refCnt");
    }
    return !Modifier.isStatic(field.flags())
        && !field.type().equals(PrimitiveType.BYTE)
        && type.fields().stream().anyMatch(other -> other.name().endsWith("_OFFSET"));
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
