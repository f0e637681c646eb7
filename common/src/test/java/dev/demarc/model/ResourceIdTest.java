package dev.demarc.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"aws|1|eu-west-1|AWS::S3::Bucket|b", "gcp|p|global|storage.googleapis.com/Bucket|//s/a|b"})
    void readsTheKeyItWrote(String key) {
        assertThat(ResourceId.ofKey(key).key()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "aws|1|eu-west-1|t", "mars|1|r|t|b", "aws||r|t|b", "aws|1|r|t| "})
    void refusesWhatIsNoKey(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> ResourceId.ofKey(key));
    }
}
