package dev.rootstock.console.demo;

import java.util.List;

/**
 * What a thing is, and what is true of every thing of that kind.
 *
 * @param name as a word of the world: {@code bird}
 * @param members every one a single word; the first few are taught in labels, the others only in
 *     the corpus
 * @param facts what all members do, after "the heron"
 * @param deeds what people do with one: {@code %s} is the member
 */
record Kind(String name, List<String> members, List<String> facts, List<String> deeds) {
  Kind {
    members = List.copyOf(members);
    facts = List.copyOf(facts);
    deeds = List.copyOf(deeds);
  }
}
