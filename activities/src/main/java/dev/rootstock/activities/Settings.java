package dev.rootstock.activities;

import dev.rootstock.activities.engine.EngineSettings;
import dev.rootstock.workflows.Steps;

/**
 * How a worker works.
 *
 * @param steps timeouts and retries; one cluster, one set
 * @param engines how engines are run here
 * @param grafts finetunings at once on this machine
 */
public record Settings(Steps steps, EngineSettings engines, int grafts) {}
