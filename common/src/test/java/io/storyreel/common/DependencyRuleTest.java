package io.storyreel.common;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packages = "io.storyreel", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRuleTest {

    @ArchTest
    static final ArchRule what_is_shared_knows_none_of_those_who_share_it = noClasses()
            .that()
            .resideInAPackage("io.storyreel.common..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.storyreel.api..", "io.storyreel.worker..", "io.storyreel.local..");

    @ArchTest
    static final ArchRule nothing_waits_for_an_answer = noClasses()
            .that()
            .resideInAPackage("io.storyreel.common..")
            .should()
            .callMethod(io.smallrye.mutiny.Uni.class, "await");
}
