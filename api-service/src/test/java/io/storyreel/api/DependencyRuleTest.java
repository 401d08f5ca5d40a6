package io.storyreel.api;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packages = "io.storyreel", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRuleTest {

    @ArchTest
    static final ArchRule the_api_knows_nothing_of_the_worker_and_the_local_stack = noClasses()
            .that()
            .resideInAPackage("io.storyreel.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.storyreel.worker..", "io.storyreel.local..");

    @ArchTest
    static final ArchRule nothing_waits_for_an_answer = noClasses()
            .that()
            .resideInAnyPackage("io.storyreel.api..", "io.storyreel.common..")
            .should()
            .callMethod(io.smallrye.mutiny.Uni.class, "await");

    @ArchTest
    static final ArchRule nothing_sleeps = noClasses()
            .that()
            .resideInAnyPackage("io.storyreel.api..", "io.storyreel.common..")
            .should()
            .callMethod(Thread.class, "sleep", long.class);
}
