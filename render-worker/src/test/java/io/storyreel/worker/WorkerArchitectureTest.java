package io.storyreel.worker;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packages = "io.storyreel", importOptions = ImportOption.DoNotIncludeTests.class)
class WorkerArchitectureTest {

    @ArchTest
    static final ArchRule the_worker_knows_nothing_of_the_api = noClasses()
            .that()
            .resideInAPackage("io.storyreel.worker..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.storyreel.api..");

    @ArchTest
    static final ArchRule common_knows_nothing_of_the_worker = noClasses()
            .that()
            .resideInAPackage("io.storyreel.common..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.storyreel.worker..");

    @ArchTest
    static final ArchRule media_knows_nothing_of_jobs = noClasses()
            .that()
            .resideInAPackage("io.storyreel.worker.media..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.storyreel.worker.run..", "io.storyreel.worker.render..");
}
