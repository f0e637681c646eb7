package dev.demarc.archfixture.record;

import com.fasterxml.jackson.core.JsonFactory;
import org.yaml.snakeyaml.Yaml;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

public record LibraryTouching(Yaml yaml, JsonFactory json, DynamoDbClient client) {}
