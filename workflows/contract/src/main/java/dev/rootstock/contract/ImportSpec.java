package dev.rootstock.contract;

import java.util.Map;

/**
 * What an imported model is made of.
 *
 * @param files sha256 of its configuration's and weights' files, by name; the tokenizer is an input
 */
public record ImportSpec(Map<String, String> files) {
  public ImportSpec {
    files = Map.copyOf(files);
  }
}
