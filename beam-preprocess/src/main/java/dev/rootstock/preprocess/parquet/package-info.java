/** Parquet files in a store, written and read without a Hadoop runtime. */
package dev.rootstock.preprocess.parquet;
