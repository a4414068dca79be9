package io.dislog.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.dislog.api.ApiJson;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What answers are read as. */
final class AnswersTest {

  @Test
  void eachIsOfTheModuleThatTellsTheCompilerOfNativeExecutables() {
    List<JavaClass> answers =
        new ClassFileImporter()
            .importClass(NodeClient.class).getReferencedClassObjects().stream()
                .map(ReferencedClassObject::getValue)
                .filter(JavaClass::isRecord)
                .toList();
    assertThat(answers)
        .hasSizeGreaterThan(5)
        .allMatch(answer -> answer.getPackageName().equals(ApiJson.class.getPackageName()));
  }
}
