package dev.rootstock.console.cli;

import picocli.CommandLine.Option;

/** The option {@code --store}. */
final class StoreOption {
  @Option(
      names = "--store",
      paramLabel = "PLACE",
      defaultValue = "${env:ROOTSTOCK_STORE:-rootstock-store}",
      description =
          "a folder or s3://bucket/prefix; default: ROOTSTOCK_STORE, else ./rootstock-store")
  private String place = "rootstock-store";

  String place() {
    return place;
  }
}
