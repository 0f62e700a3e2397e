package dev.rootstock.console;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CorpusSpec;
import dev.rootstock.contract.pipeline.FinetuneChoice;
import dev.rootstock.contract.pipeline.JobsChoice;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.contract.store.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A pipeline whose places mean the same wherever its steps are carried out. */
public final class PipelinePaths {
  private PipelinePaths() {}

  /** The same pipeline, its relative paths made absolute by the current directory. */
  public static PipelineSpec absolute(PipelineSpec spec) {
    return new PipelineSpec(
        spec.name(),
        Stores.locate(spec.store()).toString(),
        spec.base(),
        spec.corpus().map(PipelinePaths::corpus),
        spec.tokenizer(),
        spec.model(),
        spec.pretrain(),
        spec.finetunes().stream().map(PipelinePaths::finetune).toList(),
        spec.evaluate(),
        spec.promote(),
        spec.runner(),
        spec.jobs().map(PipelinePaths::jobs));
  }

  private static JobsChoice jobs(JobsChoice jobs) {
    return new JobsChoice(
        absolute(jobs.file()), jobs.template(), Optional.of(absolute(jobs.folder().orElse("."))));
  }

  private static CorpusSpec corpus(CorpusSpec corpus) {
    return new CorpusSpec(
        corpus.sources().stream()
            .map(
                source ->
                    new CorpusSpec.Source(
                        absolute(source.path()),
                        source.weight(),
                        source.licence(),
                        source.format(),
                        source.text(),
                        source.name(),
                        source.cap()))
            .toList(),
        clean(corpus.clean()));
  }

  private static CleaningSpec clean(CleaningSpec clean) {
    return clean
        .blocked()
        .files()
        .map(
            files ->
                clean.with(
                    clean
                        .blocked()
                        .with(
                            new CleaningSpec.BlockFiles(
                                absolute(files.sites()),
                                absolute(files.urlWords()),
                                absolute(files.softUrlWords()),
                                absolute(files.urlParts()),
                                absolute(files.words())))))
        .orElse(clean);
  }

  private static List<String> absolute(List<String> places) {
    return places.stream().map(PipelinePaths::absolute).toList();
  }

  private static FinetuneChoice finetune(FinetuneChoice choice) {
    return choice.with(
        choice.name(), absolute(choice.data()), choice.test().map(PipelinePaths::absolute));
  }

  /** A glob is no path, so it is put behind the folder that it begins from. */
  private static String absolute(String place) {
    boolean remote = place.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
    if (remote || Path.of(place.replace('*', '_').replace('?', '_')).isAbsolute()) {
      return place;
    }
    Path folder = Path.of("").toAbsolutePath();
    String rest = place;
    while (rest.startsWith("./") || rest.startsWith("../")) {
      folder = rest.startsWith("../") && folder.getParent() != null ? folder.getParent() : folder;
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    return rest.equals("..") || rest.equals(".")
        ? folder.resolve(rest).normalize().toString()
        : folder.resolve("") + "/" + rest;
  }
}
