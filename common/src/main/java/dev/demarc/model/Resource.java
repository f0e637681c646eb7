package dev.demarc.model;

import java.util.Map;

/** A resource in normal form: its named settings. The same whether it came as an event, a sweep read or (later) a deployment document. */
public record Resource(
        ResourceId id, ServiceType serviceType, Version version, Labels labels, Map<String, SettingValue> settings) {}
