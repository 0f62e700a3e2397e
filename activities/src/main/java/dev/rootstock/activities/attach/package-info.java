/** One flight for each shared stage: by workflow id within a cluster, by lease between clusters. */
package dev.rootstock.activities.attach;
