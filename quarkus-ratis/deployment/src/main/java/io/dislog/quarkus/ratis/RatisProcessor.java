package io.dislog.quarkus.ratis;

import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ApplicationIndexBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.IndexDependencyBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageAllowIncompleteClasspathBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedPackageBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;

/** Ratis itself: how it is compiled, and the parts of it that it finds by name. Without state. */
final class RatisProcessor {

  /** Where Ratis' messages are. */
  private static final String INDEXED = "ratis-proto";

  /** What an application implements that has its own way of talking to other nodes. */
  private static final DotName TRANSPORT = DotName.createSimple("org.apache.ratis.rpc.RpcType");

  @BuildStep
  FeatureBuildItem feature() {
    return new FeatureBuildItem("ratis");
  }

  /**
   * The libraries that Ratis brings under names of its own name classes of others that they can do
   * without and that are not there: Log4j, Jetty's ALPN, Conscrypt, BouncyCastle. The compiler is
   * to leave what is missing for the run to find, as a JVM does.
   */
  @BuildStep
  // Deprecated as a warning to whoever writes an extension: of what is missing, they had better
  // tell the compiler one by one. These are some hundred classes of others' making.
  @SuppressWarnings("deprecation")
  NativeImageAllowIncompleteClasspathBuildItem missingLibraries() {
    return new NativeImageAllowIncompleteClasspathBuildItem("dislog-quarkus-ratis");
  }

  /** They begin threads, ask for processors and memory, and draw random numbers when loaded. */
  @BuildStep
  RuntimeInitializedPackageBuildItem initializedAtRunTime() {
    return new RuntimeInitializedPackageBuildItem("org.apache.ratis");
  }

  @BuildStep(onlyIf = NativeBuild.class)
  void index(BuildProducer<IndexDependencyBuildItem> dependencies) {
    dependencies.produce(new IndexDependencyBuildItem("org.apache.ratis", INDEXED));
  }

  /** Interfaces of Ratis name the classes that stand behind them, which may be in other jars. */
  @BuildStep
  void implementations(BuildProducer<ReflectiveClassBuildItem> classes) {
    classes.produce(
        madeByName(
            "org.apache.ratis.client.DisabledDataStreamClientFactory",
            "org.apache.ratis.server.DisabledDataStreamServerFactory",
            "org.apache.ratis.server.leader.LogAppenderDefault",
            "org.apache.ratis.statemachine.impl.TransactionContextImpl"));
    classes.produce(
        ReflectiveClassBuildItem.builder(
                "org.apache.ratis.server.impl.ServerImplUtils",
                "org.apache.ratis.server.storage.StorageImplUtils")
            .methods()
            .reason("Ratis calls a static method of it by name")
            .build());
    classes.produce(
        ReflectiveClassBuildItem.builder("org.apache.ratis.server.impl.RaftServerImpl")
            .fields()
            .reason("the service puts properties of its own into a division")
            .build());
  }

  /** The settings have their names. */
  @BuildStep
  void transports(
      ApplicationIndexBuildItem application, BuildProducer<ReflectiveClassBuildItem> classes) {
    for (ClassInfo type : application.getIndex().getAllKnownImplementations(TRANSPORT)) {
      classes.produce(madeByName(type.name().toString()));
    }
  }

  private static ReflectiveClassBuildItem madeByName(String... types) {
    return ReflectiveClassBuildItem.builder(types)
        .constructors()
        .reason("Ratis makes an instance of it by its name")
        .build();
  }

  @BuildStep
  void services(BuildProducer<ServiceProviderBuildItem> services) {
    services.produce(
        ServiceProviderBuildItem.allProvidersFromClassPath(
            "org.apache.ratis.metrics.MetricRegistries"));
  }

  /** The version, which Ratis tells at start. */
  @BuildStep
  NativeImageResourceBuildItem resources() {
    return new NativeImageResourceBuildItem("ratis-version.properties");
  }
}
